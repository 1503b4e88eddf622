import { DataError } from "../../errors.ts";
import { cosine, type Directions } from "./cosine.ts";

/** An item and how similar it is. */
export interface Neighbour {
  item: number;
  cosine: number;
}

/**
 * Returns the items nearest to one by their cosine, the nearest first; of equal ones the first in the table.
 *
 * @throws {DataError} if the item's row is zero, or so short that rounding decides its direction
 * @example
 * ```ts
 * import { directionsOf } from "./cosine.ts";
 * import { nearestItems } from "./nearest_items.ts";
 * import assert from "node:assert/strict";
 *
 * const directions = directionsOf({ values: Float32Array.of(1, 0, 3, 4, 0, 2), rows: 3, width: 2 });
 * assert.deepEqual(nearestItems(directions, 0, 1), [{ item: 1, cosine: 0.6 }]);
 * ```
 */
export function nearestItems(directions: Directions, item: number, count: number): Neighbour[] {
  if (!directions.lengths[item]) {
    throw new DataError({
      where: `features of item ${item}`,
      expected: "a vector that has a direction",
      found: "one of next to no length",
      advice: "Choose another item: this one's features are those of the average item.",
    });
  }
  return Array.from(directions.directed)
    .filter((other) => other !== item)
    .map((other) => ({ item: other, cosine: cosine(directions, item, other) }))
    .sort((one, other) => other.cosine - one.cosine || one.item - other.item)
    .slice(0, count);
}
