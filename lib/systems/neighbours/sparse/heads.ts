import type { SparseMatrix } from "./sparse_matrix.ts";

/** The largest entries of the rows that are too long to be read whole for one recommendation. */
export interface Heads {
  /** Empty rows where a row is short. `[items × items]` */
  entries: SparseMatrix;
  /** The largest value that a row's head leaves out, 0 where a row is short. `[rows]` */
  rest: Float32Array;
}

/** What is read whole costs little up to some thousand entries, and a head of some hundred is nearly always enough. */
const usual = { longRow: 4096, headLength: 512 };

/**
 * Takes the heads off the long rows of a matrix.
 *
 * @param limits `longRow`: a row with more entries is long; `headLength`, which is less: how many entries a head has at
 *   most, fewer if others equal its last one
 */
export function headsOf(
  { offsets, columns, values }: SparseMatrix,
  { longRow, headLength } = usual,
): Heads {
  const rows = offsets.length - 1;
  const rest = new Float32Array(rows);
  const starts = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    let length = 0;
    if (offsets[row + 1] - offsets[row] > longRow) {
      const sorted = values.slice(offsets[row], offsets[row + 1]).sort();
      rest[row] = sorted[sorted.length - 1 - headLength];
      while (sorted[sorted.length - 1 - length] > rest[row]) length++;
    }
    starts[row + 1] = starts[row] + length;
  }
  const head = {
    offsets: starts,
    columns: new Int32Array(starts[rows]),
    values: new Float32Array(starts[rows]),
  };
  for (let row = 0, to = 0; row < rows; row++) {
    if (rest[row] === 0) continue;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      if (values[at] <= rest[row]) continue;
      head.columns[to] = columns[at];
      head.values[to++] = values[at];
    }
  }
  return { entries: head, rest };
}
