import { CheckpointError } from "../../errors.ts";
import type { Neighbours } from "./ready.ts";
import type { NeighbourSettings } from "./settings.ts";
import type { SparseMatrix } from "./sparse/sparse_matrix.ts";

/** Neighbours as a file keeps them: named arrays, and settings that JSON can write. */
export interface PackedNeighbours {
  settings: NeighbourSettings;
  arrays: Record<string, Int32Array | Float32Array>;
}

/**
 * Returns neighbours as named arrays, without copying: `popularity`, the counts' `countOffsets`, `countColumns` and
 * `countValues`, and `textOffsets` … if there are similar texts.
 *
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { countNeighbours } from "./count_neighbours.ts";
 * import { packNeighbours, unpackNeighbours } from "./pack_neighbours.ts";
 * import assert from "node:assert/strict";
 *
 * const settings = { window: 1, backward: 1, power: 0.5, decay: 0.8, smoothing: null };
 * const counts = countNeighbours(packSequences([[0, 1, 0, 0]]), 2, settings);
 * const neighbours = { settings, counts, texts: null };
 * assert.deepEqual(unpackNeighbours(packNeighbours(neighbours)), neighbours);
 * ```
 */
export function packNeighbours(
  { settings, counts: { pairs, popularity }, texts }: Neighbours,
): PackedNeighbours {
  return {
    settings,
    arrays: {
      popularity,
      ...packMatrix("count", pairs),
      ...(texts === null ? {} : packMatrix("text", texts)),
    },
  };
}

/**
 * Returns the neighbours that were packed, without copying.
 *
 * @throws {CheckpointError} if an array is missing, or they do not belong together
 */
export function unpackNeighbours({ settings, arrays }: PackedNeighbours): Neighbours {
  const { popularity } = arrays;
  if (!(popularity instanceof Int32Array)) throw damaged("popularity", "32-bit integers", "none");
  const items = popularity.length;
  return {
    settings,
    counts: { pairs: unpackMatrix("count", arrays, items), popularity },
    texts: "textOffsets" in arrays ? unpackMatrix("text", arrays, items) : null,
  };
}

function packMatrix(name: string, { offsets, columns, values }: SparseMatrix): PackedNeighbours["arrays"] {
  return { [`${name}Offsets`]: offsets, [`${name}Columns`]: columns, [`${name}Values`]: values };
}

function unpackMatrix(name: string, arrays: PackedNeighbours["arrays"], items: number): SparseMatrix {
  const [offsets, columns, values] = ["Offsets", "Columns", "Values"].map((part) => arrays[name + part]);
  if (!(offsets instanceof Int32Array) || offsets.length !== items + 1 || offsets[0] !== 0) {
    throw damaged(`${name}Offsets`, `${items + 1} 32-bit integers from 0 on`, lengthOf(offsets));
  }
  if (offsets.some((offset, row) => row > 0 && offset < offsets[row - 1])) {
    throw damaged(`${name}Offsets`, "integers that do not descend", "some that do");
  }
  const entries = offsets[items];
  if (!(columns instanceof Int32Array) || columns.length !== entries) {
    throw damaged(`${name}Columns`, `${entries} 32-bit integers`, lengthOf(columns));
  }
  if (columns.some((column) => column < 0 || column >= items)) {
    throw damaged(`${name}Columns`, `items from 0 to ${items - 1}`, "others");
  }
  if (!(values instanceof Float32Array) || values.length !== entries) {
    throw damaged(`${name}Values`, `${entries} 32-bit floats`, lengthOf(values));
  }
  if (!values.every((value) => value > 0 && value < Infinity)) {
    throw damaged(`${name}Values`, "finite numbers above 0", "others");
  }
  return { offsets, columns, values };
}

function lengthOf(array: Int32Array | Float32Array | undefined): string {
  return array === undefined ? "none" : `${array.length} in ${array.constructor.name}`;
}

function damaged(where: string, expected: string, found: string): CheckpointError {
  return new CheckpointError({
    where: `array ${where} of neighbours`,
    expected,
    found,
    advice: "The file is damaged, or of something else: count again.",
  });
}
