import assert from "node:assert/strict";
import fc from "fast-check";
import { placeNewItems } from "./place_new_items.ts";

const rankIn = (values: Float32Array, item: number) => values.filter((value) => value > values[item]).length;
const distinct = (length: number) =>
  fc.uniqueArray(fc.integer({ min: -999, max: 999 }), { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));

Deno.test("a new item stands as high in the sums as in the text part's list, whatever was counted", () => {
  const isNew = Uint8Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
  fc.assert(fc.property(distinct(10), distinct(10), (scores, counted) => {
    // nothing leads to a new item
    const sums = counted.map((value, item) => isNew[item] ? -5000 : value);
    const before = sums.slice();
    placeNewItems(sums, scores, isNew);
    const least = Math.min(...scores.filter((_, item) => isNew[item] === 0));
    scores.forEach((score, item) => {
      if (isNew[item] === 0) assert.equal(sums[item], before[item]);
      else if (score > least) assert.equal(rankIn(sums, item), rankIn(scores, item));
    });
  }));
});

Deno.test("a new item to which counts lead keeps what they give it", () => {
  const sums = Float32Array.of(9, 2, 10, 1);
  placeNewItems(sums, Float32Array.of(4, 3, 1.5, 1), Uint8Array.of(0, 0, 1, 0));
  assert.deepEqual([...sums], [9, 2, 10, 1]);
});

Deno.test("where all items are new, or none, nothing changes", () => {
  for (const isNew of [0, 1]) {
    const sums = Float32Array.of(3, 1, 2);
    placeNewItems(sums, Float32Array.of(1, 2, 3), new Uint8Array(3).fill(isNew));
    assert.deepEqual([...sums], [3, 1, 2]);
  }
});
