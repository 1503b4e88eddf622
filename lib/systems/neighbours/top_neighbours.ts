import { checkPositiveInteger } from "../../checks.ts";
import type { TopItems } from "../../evaluation/top_k.ts";
import { BestItems } from "./sparse/best_items.ts";
import { checkHistory, reach } from "./reach.ts";
import type { ReadyNeighbours } from "./ready.ts";
import { scoreIn } from "./score_histories.ts";
import { clearSum } from "./sparse/sparse_sum.ts";
import { topOfHeads } from "./top_of_heads.ts";

/**
 * Returns the K items with the highest scores for a history: the same as `topK` of `scoreHistories`, but looking only
 * at the items that the history leads to, where possible at those of them alone that it leads to most, and at the most
 * popular others.
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
  checkHistory(history, ready.items);
  return (ready.heads && topOfHeads(ready, history, k, excluded)) ?? topOfAll(ready, history, k, excluded);
}

function topOfAll(
  ready: ReadyNeighbours,
  history: ArrayLike<number>,
  k: number,
  excluded: ReadonlySet<number>,
): TopItems {
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
  return best.toTopItems();
}
