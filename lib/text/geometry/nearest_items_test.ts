import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { directionsOf } from "./cosine.ts";
import { nearestItems } from "./nearest_items.ts";

// at 0°, 90°, 45°, 0° again, and one without a direction
const values = Float32Array.of(2, 0, 0, 1, 3, 3, 5, 0, 0, 0);
const directions = directionsOf({ values, rows: 5, width: 2 });

Deno.test("neighbours come in the order of their cosine, length does not count, the item itself is left out", () => {
  assert.deepEqual(nearestItems(directions, 0, 9), [
    { item: 3, cosine: 1 },
    { item: 2, cosine: Math.SQRT1_2 },
    { item: 1, cosine: 0 },
  ]);
});

Deno.test("of equally near items the first in the table comes first, and no more than asked for", () => {
  assert.deepEqual(nearestItems(directions, 1, 2).map(({ item }) => item), [2, 0]);
});

Deno.test("an item without a direction has no neighbours", () => {
  assert.throws(
    () => nearestItems(directions, 4, 1),
    (error) => error instanceof DataError && /features of item 4/.test(error.message),
  );
});
