/**
 * A matrix of which only the entries that are not zero are kept (compressed sparse rows).
 *
 * Row `i` owns `columns[offsets[i] … offsets[i + 1])`, ascending, and the values beside them.
 */
export interface SparseMatrix {
  /** Where each row starts; one entry more than there are rows. `[rows + 1]` */
  offsets: Int32Array;
  /** `[entries]` */
  columns: Int32Array;
  /** Above 0. `[entries]` */
  values: Float32Array;
}

/**
 * Returns one entry of a sparse matrix, 0 where none is kept.
 *
 * @example
 * ```ts
 * import { entryOf } from "./sparse_matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const matrix = {
 *   offsets: Int32Array.of(0, 1, 3),
 *   columns: Int32Array.of(1, 0, 1),
 *   values: Float32Array.of(5, 2, 4),
 * };
 * assert.deepEqual([entryOf(matrix, 0, 0), entryOf(matrix, 1, 1)], [0, 4]);
 * ```
 */
export function entryOf({ offsets, columns, values }: SparseMatrix, row: number, column: number): number {
  let low = offsets[row];
  let high = offsets[row + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns[middle] < column) low = middle + 1;
    else high = middle;
  }
  return low < offsets[row + 1] && columns[low] === column ? values[low] : 0;
}
