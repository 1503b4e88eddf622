import assert from "node:assert/strict";
import fc from "fast-check";
import { type ListContext, measureLists } from "./lists.ts";

const listsOf = (...lists: number[][]) => lists.map((list) => list.map((index) => ({ index })));
const popularity = [4, 2, 1, 1, 0];
// 0 and 1 point the same way, 2 is at a right angle to them, 3 against them
const features = { values: Float32Array.of(1, 0, 3, 0, 0, 2, -1, 0, 1, 1), rows: 5, width: 2 };

function isClose(found: number | null, expected: number) {
  assert.ok(found !== null && Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`);
}

Deno.test("the measures are those of computing by hand", () => {
  const found = measureLists(listsOf([0, 1], [0, 2], [3]), { popularity, features });
  assert.equal(found.coverage, 4 / 5);
  // means of the lists: 3, 2.5 and 1
  isClose(found.averagePopularity, 6.5 / 3);
  // bits of 8 choices: 1, 2, 3, 3
  isClose(found.novelty, (1.5 + 2 + 3) / 3);
  // cosines 1 and 0; the third list has no pair
  isClose(found.diversity, (0 + 1) / 2);
});

Deno.test("of three items all pairs count, and opposite ones are more unlike than those at right angles", () => {
  // cosines 0 (0, 2), −1 (0, 3), 0 (2, 3)
  isClose(measureLists(listsOf([0, 2, 3]), { popularity, features }).diversity, 1 + 1 / 3);
});

Deno.test("an item that was never chosen is as new as one that was chosen once", () => {
  isClose(measureLists(listsOf([4]), { popularity }).novelty, 3);
});

Deno.test("only the first K count; without features or pairs there is no diversity; empty lists count for nothing", () => {
  const lists = listsOf([0, 1, 4], [], [0, 3]);
  assert.deepEqual(
    measureLists(lists, { popularity, features, k: 1 }),
    { coverage: 1 / 5, averagePopularity: 4, novelty: 1, diversity: null },
  );
  assert.equal(measureLists(lists, { popularity }).diversity, null);
});

Deno.test("diversity is 1 − the mean of all pairs' cosines, whatever the vectors' lengths", () => {
  const value = fc.integer({ min: -9, max: 9 }).filter((x) => x !== 0);
  const rows = fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 8 });
  fc.assert(fc.property(rows, (rows) => {
    const table = { values: Float32Array.from(rows.flat()), rows: rows.length, width: 3 };
    const cosines = rows.flatMap((a, i) =>
      rows.slice(i + 1).map((b) =>
        (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / Math.hypot(...a) / Math.hypot(...b)
      )
    );
    const expected = 1 - cosines.reduce((total, cosine) => total + cosine, 0) / cosines.length;
    const context = { popularity: rows.map(() => 1), features: table };
    const { diversity } = measureLists(listsOf(rows.map((_, item) => item)), context);
    assert.ok(Math.abs(diversity! - expected) < 1e-9);
  }));
});

Deno.test("what cannot be measured is refused by name", () => {
  const refused = (lists: { index: number }[][], context: ListContext, name: string, message: RegExp) =>
    assert.throws(() => measureLists(lists, context), { name, message });
  refused(listsOf([]), { popularity }, "ParameterError", /^lists: expected a list with an item, but found 1/);
  refused(
    listsOf([0], [5]),
    { popularity },
    "ParameterError",
    /^list 1\[0\]: expected an item from 0 to 4, but found 5/,
  );
  refused(listsOf([0]), { popularity, k: 0 }, "ParameterError", /^k: /);
  const zeros = { values: new Float32Array(10), rows: 5, width: 2 };
  refused(
    listsOf([3]),
    { popularity, features: zeros },
    "DataError",
    /^features of item 3: .* found zeros only/,
  );
  refused(
    listsOf([3]),
    { popularity, features: { ...zeros, rows: 4 } },
    "DataError",
    /^features: .* 5 items/,
  );
});
