import assert from "node:assert/strict";
import { audienceOf } from "./audience.ts";

const list = (items: number[], scores: number[]) => ({
  items: Int32Array.from(items),
  scores: Float32Array.from(scores),
});

Deno.test("users come by the item's place, then by its score; those without it do not come", () => {
  const lists = [list([3, 1], [9, 8]), list([1, 2], [5, 1]), list([2, 3], [3, 2]), list([1], [6])];
  assert.deepEqual(audienceOf(lists, 1), [{ user: 3, rank: 0 }, { user: 1, rank: 0 }, { user: 0, rank: 1 }]);
  assert.deepEqual(audienceOf(lists, 4), []);
});
