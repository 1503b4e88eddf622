import { reach } from "./reach.ts";
import type { ReadyNeighbours } from "./ready.ts";
import { clearSum, type SparseSum } from "./sparse/sparse_sum.ts";

/**
 * Returns the score of every item for each history, as `topK` and `ranksOf` take them.
 *
 * An item's score is what the history leads to (see `reach`) plus its `base`, which orders the others by popularity.
 *
 * @param histories item indices, the last one last
 * @returns `[histories × items]`
 * @throws {ParameterError} if a history holds what is no item
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { countNeighbours } from "./count_neighbours.ts";
 * import { readyNeighbours } from "./ready.ts";
 * import { scoreHistories } from "./score_histories.ts";
 * import assert from "node:assert/strict";
 *
 * const settings = { window: 1, backward: 0, power: 0, decay: 0.5, smoothing: null };
 * const counts = countNeighbours(packSequences([[0, 1, 2, 0, 0]]), 3, settings);
 * const scores = scoreHistories(readyNeighbours({ settings, counts, texts: null }), [[0, 1]]);
 * assert.deepEqual([...scores], [1e-6, 0.5 + 1e-6, 1 + 1e-6].map(Math.fround));
 * ```
 */
export function scoreHistories(
  ready: ReadyNeighbours,
  histories: readonly ArrayLike<number>[],
): Float32Array {
  const { items, base } = ready;
  const scores = new Float32Array(histories.length * items);
  histories.forEach((history, at) => {
    const row = scores.subarray(at * items, (at + 1) * items);
    row.set(base);
    const sum = reach(ready, history);
    for (let i = 0; i < sum.count; i++) row[sum.touched[i]] = scoreIn(sum, base, sum.touched[i]);
    clearSum(sum);
  });
  return scores;
}

/** Returns the score of an item, the same number in every function: as 32-bit numbers hold it. */
export function scoreIn(sum: SparseSum, base: Float32Array, item: number): number {
  return Math.fround(sum.values[item] + base[item]);
}
