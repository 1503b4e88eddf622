import type { TopItems } from "../../evaluation/top_k.ts";
import { BestItems } from "./sparse/best_items.ts";
import { forEachOf } from "./reach.ts";
import type { ReadyNeighbours } from "./ready.ts";
import { entryOf } from "./sparse/sparse_matrix.ts";
import { addRow, clearSum } from "./sparse/sparse_sum.ts";

/** More than rounding takes off a score, of the score: by adding up in another order, and to 32 bits. */
const rounding = 1e-6;

/**
 * Returns the K items with the highest scores by counts, having read only the heads of long rows; or null where that is
 * not enough to tell, or no row is long.
 *
 * What a row's head leaves out adds at most the row's `rest` to an item, and so all rows together a bound: items that
 * no head holds cannot be among the best if the K-th best has more than that already, and of the others only those
 * that the bound may lift so far have to be scored exactly (in the manner of threshold algorithms; Fagin, Lotem and
 * Naor, "Optimal aggregation algorithms for middleware", 2003).
 */
export function topOfHeads(
  ready: ReadyNeighbours,
  history: ArrayLike<number>,
  k: number,
  excluded: ReadonlySet<number>,
): TopItems | null {
  const { settings: { decay }, counts: { pairs }, scale, base, order, scores: sum } = ready;
  const { entries, rest } = ready.heads!;
  let bound = 0;
  forEachOf(history, decay, (item, weight) => bound += weight * scale[item] * rest[item]);
  if (bound === 0) return null;
  bound += base[order[0]];
  forEachOf(history, decay, (item, weight) => {
    addRow(sum, rest[item] > 0 ? entries : pairs, item, weight * scale[item]);
  });
  const least = leastOfBest(ready, k, excluded) * (1 - rounding);
  let best: BestItems | null = null;
  if (least > bound) {
    best = new BestItems(k);
    for (let at = 0; at < sum.count; at++) {
      const item = sum.touched[at];
      if (sum.values[item] + bound >= least && !excluded.has(item)) {
        best.offer(item, exactScore(ready, history, item));
      }
    }
  }
  clearSum(sum);
  return best && best.toTopItems();
}

/** Returns the K-th largest sum of an item that may be recommended, −∞ if there are fewer. */
function leastOfBest({ scores: sum }: ReadyNeighbours, k: number, excluded: ReadonlySet<number>): number {
  const best = new BestItems(k);
  for (let at = 0; at < sum.count; at++) {
    const item = sum.touched[at];
    if (sum.values[item] > best.least && !excluded.has(item)) best.offer(item, sum.values[item]);
  }
  return best.least;
}

/** Returns the score that `reach` gives an item, added up in the same order. */
function exactScore(
  { settings: { decay }, counts: { pairs }, scale, base }: ReadyNeighbours,
  history: ArrayLike<number>,
  item: number,
): number {
  let score = 0;
  forEachOf(history, decay, (from, weight) => score += weight * scale[from] * entryOf(pairs, from, item));
  return Math.fround(score + base[item]);
}
