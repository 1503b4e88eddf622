import type { SparseMatrix } from "./sparse_matrix.ts";

/**
 * A sum of sparse rows in the making: one number per item, and the list of those that are not zero.
 *
 * Adding and clearing cost what the added rows hold, however many items there are.
 */
export interface SparseSum {
  /** 0 for an item that is not touched, as everything that is added is above 0. `[items]` */
  values: Float64Array;
  /** The first `count` are the items that are touched, in the order in which they were. `[items]` */
  touched: Int32Array;
  count: number;
}

/** Makes a sum of nothing over `items` items. */
export function createSum(items: number): SparseSum {
  return { values: new Float64Array(items), touched: new Int32Array(items), count: 0 };
}

/** Makes a sum one of nothing again. */
export function clearSum(sum: SparseSum): void {
  const { values, touched, count } = sum;
  for (let at = 0; at < count; at++) values[touched[at]] = 0;
  sum.count = 0;
}

/** Adds `value`, which must be above 0, to one item. */
export function addTo(sum: SparseSum, item: number, value: number): void {
  if (sum.values[item] === 0) sum.touched[sum.count++] = item;
  sum.values[item] += value;
}

/** Adds `weight` times a row of a matrix; the weight must be above 0. */
export function addRow(
  sum: SparseSum,
  { offsets, columns, values: entries }: SparseMatrix,
  row: number,
  weight: number,
): void {
  const { values, touched } = sum;
  let { count } = sum;
  for (let at = offsets[row]; at < offsets[row + 1]; at++) {
    const column = columns[at];
    const before = values[column];
    if (before === 0) touched[count++] = column;
    values[column] = before + weight * entries[at];
  }
  sum.count = count;
}

/** Returns the total over all items. */
export function totalOf({ values, touched, count }: SparseSum): number {
  let total = 0;
  for (let at = 0; at < count; at++) total += values[touched[at]];
  return total;
}
