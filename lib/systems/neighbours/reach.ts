import { checkItem } from "./check_item.ts";
import type { ReadyNeighbours } from "./ready.ts";
import { type SmoothingWeights, ways } from "./settings.ts";
import { addRow, addTo, clearSum, type SparseSum, totalOf } from "./sparse/sparse_sum.ts";

/** How many of a history's last items are read. */
export const longestHistory = 20;

/**
 * Adds up the scores of the items that a history leads to, into `ready.scores`, which the caller clears.
 *
 * Counts alone: Σ decay^age · max(popularity, 1)^−power · counts[item] over the history's last 20 items, the last one
 * of age 0. With smoothing: the mean of the four ways' shares, weighted; a way's share of an item is its sum there
 * divided by its total over all items.
 *
 * @param history item indices, the last one last
 * @throws {ParameterError} if the history holds what is no item
 */
export function reach(ready: ReadyNeighbours, history: ArrayLike<number>): SparseSum {
  const { settings: { smoothing }, counts, scale, scores } = ready;
  checkHistory(history, ready.items);
  if (smoothing === null) {
    forEachOf(
      history,
      ready.settings.decay,
      (item, weight) => addRow(scores, counts.pairs, item, weight * scale[item]),
    );
    return scores;
  }
  addWays(ready, history);
  const sum = ways.reduce((sum, way) => sum + smoothing[way], 0);
  for (const way of ways) addShares(scores, ready.ways![way], smoothing[way] / sum);
  for (const way of ways) clearSum(ready.ways![way]);
  return scores;
}

/** Calls `visit` for each item that a history is read for, the last one first, with decay^age. */
export function forEachOf(
  history: ArrayLike<number>,
  decay: number,
  visit: (item: number, weight: number) => void,
): void {
  let weight = 1;
  for (let at = history.length - 1; at >= Math.max(0, history.length - longestHistory); at--) {
    visit(history[at], weight);
    weight *= decay;
  }
}

/** Adds up what each way leads to, into `ready.ways`, which the caller clears; a way of weight 0 may be left out. */
export function addWays(
  ready: ReadyNeighbours,
  history: ArrayLike<number>,
): Record<keyof SmoothingWeights, SparseSum> {
  const { settings: { decay }, counts: { pairs }, texts, scale } = ready;
  const { counts, toSimilar, fromSimilar, text } = ready.ways!;
  const similar = texts!;
  forEachOf(history, decay, (item, weight) => {
    addRow(counts, pairs, item, weight * scale[item]);
    addRow(text, similar, item, weight);
  });
  for (let at = 0; at < counts.count; at++) {
    addRow(toSimilar, similar, counts.touched[at], counts.values[counts.touched[at]]);
  }
  for (let at = 0; at < text.count; at++) {
    const item = text.touched[at];
    addRow(fromSimilar, pairs, item, text.values[item] * scale[item]);
  }
  return ready.ways!;
}

/** Returns an item's share of what a way leads to, as 32-bit numbers hold it; 0 if it leads nowhere. */
export function shareOf(sum: SparseSum, item: number, total: number): number {
  return total > 0 ? Math.fround(sum.values[item] / total) : 0;
}

function addShares(scores: SparseSum, sum: SparseSum, weight: number): void {
  if (weight === 0) return;
  const total = totalOf(sum);
  for (let at = 0; at < sum.count; at++) {
    const item = sum.touched[at];
    const share = weight * shareOf(sum, item, total);
    if (share > 0) addTo(scores, item, share);
  }
}

/** Refuses a history that holds what is no item. */
export function checkHistory(history: ArrayLike<number>, items: number): void {
  for (let at = 0; at < history.length; at++) checkItem(`history[${at}]`, history[at], items);
}
