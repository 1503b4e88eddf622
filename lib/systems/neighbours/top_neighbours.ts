import { checkPositiveInteger } from "../../checks.ts";
import type { TopItems } from "../../evaluation/top_k.ts";
import { isBefore } from "./rank_target.ts";
import { reach } from "./reach.ts";
import type { ReadyNeighbours } from "./ready.ts";
import { scoreIn } from "./score_histories.ts";
import { clearSum } from "./sparse_sum.ts";

/**
 * Returns the K items with the highest scores for a history: the same as `topK` of `scoreHistories`, but looking only
 * at the items that the history leads to and at the most popular others.
 *
 * @param history item indices, the last one last
 * @param k how many items are wanted
 * @param excluded items that must not be recommended, such as those of the history
 * @throws {ParameterError} if `k` is not a positive integer, or the history holds what is no item
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { countNeighbours } from "./count_neighbours.ts";
 * import { readyNeighbours } from "./ready.ts";
 * import { topNeighbours } from "./top_neighbours.ts";
 * import assert from "node:assert/strict";
 *
 * const settings = { window: 1, backward: 1, power: 0.5, decay: 0.8, smoothing: null };
 * const counts = countNeighbours(packSequences([[0, 1, 2, 0, 0], [1, 2, 3, 0, 0]]), 4, settings);
 * const ready = readyNeighbours({ settings, counts, texts: null });
 * assert.deepEqual([...topNeighbours(ready, [2], 2, new Set([2])).items], [1, 3]);
 * ```
 */
export function topNeighbours(
  ready: ReadyNeighbours,
  history: ArrayLike<number>,
  k: number,
  excluded: ReadonlySet<number> = new Set(),
): TopItems {
  checkPositiveInteger("k", k, "Use for example 10.");
  const { base, order } = ready;
  const sum = reach(ready, history);
  const best = new BestItems(k);
  for (let at = 0; at < sum.count; at++) {
    const item = sum.touched[at];
    const score = scoreIn(sum, base, item);
    if (score >= best.least && !excluded.has(item)) best.offer(item, score);
  }
  for (let at = 0; at < order.length; at++) {
    const item = order[at];
    if (sum.values[item] > 0 || excluded.has(item)) continue;
    if (!best.offer(item, base[item])) break; // those after it come after it here, too
  }
  clearSum(sum);
  return { items: Int32Array.from(best.items), scores: Float32Array.from(best.scores) };
}

/** The best of the items that were offered, best first. */
class BestItems {
  readonly items: number[] = [];
  readonly scores: number[] = [];
  /** An item with a lower score is not among the best. */
  least = -Infinity;

  constructor(readonly k: number) {}

  /** Takes an item up if it is among the best so far, and tells whether it is. */
  offer(item: number, score: number): boolean {
    const { items, scores, k } = this;
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(items[middle], scores[middle], item, score)) low = middle + 1;
      else high = middle;
    }
    if (low === k) return false;
    items.splice(low, 0, item);
    scores.splice(low, 0, score);
    if (items.length > k) {
      items.pop();
      scores.pop();
    }
    if (items.length === k) this.least = scores[k - 1];
    return true;
  }
}
