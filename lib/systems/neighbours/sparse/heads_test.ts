import assert from "node:assert/strict";
import fc from "fast-check";
import { headsOf } from "./heads.ts";
import { denseOf, randomItems, randomNeighbours } from "../test_helpers.ts";

Deno.test("a long row's head holds the entries above its rest, and no more than it may", () => {
  const limits = fc.integer({ min: 1, max: 4 }).chain((headLength) =>
    fc.record({ headLength: fc.constant(headLength), longRow: fc.integer({ min: headLength, max: 6 }) })
  );
  fc.assert(fc.property(randomNeighbours, limits, ({ counts: { pairs } }, limits) => {
    const { entries, rest } = headsOf(pairs, limits);
    const [whole, heads] = [pairs, entries].map((matrix) => denseOf(matrix, randomItems));
    whole.forEach((row, item) => {
      const isLong = row.filter((value) => value > 0).length > limits.longRow;
      assert.equal(rest[item] > 0, isLong);
      assert.deepEqual(heads[item], row.map((value) => isLong && value > rest[item] ? value : 0));
      assert.ok(heads[item].filter((value) => value > 0).length <= limits.headLength);
      assert.ok(!isLong || row.includes(rest[item]));
    });
  }));
});
