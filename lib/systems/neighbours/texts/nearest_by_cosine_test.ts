import assert from "node:assert/strict";
import fc from "fast-check";
import type { FeatureTable } from "../../../data/domain.ts";
import { createGenerator, normals } from "../../../random.ts";
import { directionsOf } from "../../../text/geometry/cosine.ts";
import { nearestItems } from "../../../text/geometry/nearest_items.ts";
import { nearestByCosine } from "./nearest_by_cosine.ts";

/** Random rows, every seventh of which has no direction. */
function randomTable(rows: number, width: number, seed: number): FeatureTable {
  const values = normals(createGenerator(seed), rows * width);
  for (let row = 3; row < rows; row += 7) values.fill(0, row * width, (row + 1) * width);
  return { values, rows, width };
}

Deno.test("the nearest rows are those of comparing one row with all, however many blocks there are", () => {
  const shapes = fc.record({
    rows: fc.integer({ min: 2, max: 200 }),
    width: fc.integer({ min: 1, max: 9 }),
    count: fc.integer({ min: 1, max: 12 }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(shapes, ({ rows, width, count, seed }) => {
      const table = randomTable(rows, width, seed);
      const directions = directionsOf(table);
      const { nearest, cosines } = nearestByCosine(table, count);
      for (let row = 0; row < rows; row++) {
        const found = [...nearest.subarray(row * count, (row + 1) * count)].filter((other) => other >= 0);
        const expected = directions.lengths[row] ? nearestItems(directions, row, count) : [];
        assert.equal(found.length, expected.length);
        assert.ok(!found.includes(row));
        assert.equal(new Set(found).size, found.length);
        expected.forEach(({ cosine }, at) => assert.ok(Math.abs(cosines[row * count + at] - cosine) < 1e-9));
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("of equal rows the first come first", () => {
  const { nearest } = nearestByCosine({ values: new Float32Array(140).fill(1), rows: 70, width: 2 }, 3);
  assert.deepEqual([...nearest.subarray(0, 3)], [1, 2, 3]);
  assert.deepEqual([...nearest.subarray(69 * 3)], [0, 1, 2]);
});
