import { ParameterError } from "../../errors.ts";
import { show } from "../../checks.ts";
import type { NeighbourCounts } from "./count_neighbours.ts";

/**
 * Returns counts that know further items, which nobody has had yet: similar texts may lead to them.
 *
 * @param items how many there are now, the known ones first
 * @throws {ParameterError} if there are fewer than before
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { countNeighbours } from "./count_neighbours.ts";
 * import { withNewItems } from "./with_new_items.ts";
 * import assert from "node:assert/strict";
 *
 * const settings = { window: 1, backward: 1 };
 * const sequences = packSequences([[0, 1, 0, 0]]);
 * assert.deepEqual(
 *   withNewItems(countNeighbours(sequences, 2, settings), 5),
 *   countNeighbours(sequences, 5, settings),
 * );
 * ```
 */
export function withNewItems({ pairs, popularity }: NeighbourCounts, items: number): NeighbourCounts {
  const known = popularity.length;
  if (!Number.isInteger(items) || items < known) {
    throw new ParameterError({
      where: "items",
      expected: `a whole number of at least ${known}, the items that were counted`,
      found: show(items),
      advice: "Put new items after the known ones.",
    });
  }
  const offsets = new Int32Array(items + 1).fill(pairs.offsets[known]);
  offsets.set(pairs.offsets);
  const counted = new Int32Array(items);
  counted.set(popularity);
  return { pairs: { ...pairs, offsets }, popularity: counted };
}
