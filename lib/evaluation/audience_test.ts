import assert from "node:assert/strict";
import fc from "fast-check";
import { audiencesOf } from "./audience.ts";

const list = (items: number[], scores: number[]) => ({
  items: Int32Array.from(items),
  scores: Float32Array.from(scores),
});

Deno.test("users come by the item's place, then by its score; those without it, or too deep, do not come", () => {
  const lists = [list([3, 1], [9, 8]), list([1, 2], [5, 1]), list([2, 3], [3, 2]), list([1], [6])];
  const first = [{ user: 3, rank: 0 }, { user: 1, rank: 0 }];
  assert.deepEqual(audiencesOf(lists, Int32Array.of(4, 1), 2), [
    { item: 4, prospects: [] },
    { item: 1, prospects: [...first, { user: 0, rank: 1 }] },
  ]);
  assert.deepEqual(audiencesOf(lists, [1], 1), [{ item: 1, prospects: first }]);
});

Deno.test("one pass finds for every item what a search of all lists for it finds", () => {
  const ranking = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7]);
  const depth = fc.integer({ min: 1, max: 9 });
  fc.assert(fc.property(fc.array(ranking), ranking, depth, (rankings, items, depth) => {
    // equal scores, so that the order of users is tested too
    const lists = rankings.map((ranked) => list(ranked, ranked.map((_, rank) => -(rank % 3))));
    const expected = items.map((item) => ({
      item,
      prospects: rankings.map((ranked, user) => ({ user, rank: ranked.indexOf(item) }))
        .filter(({ rank }) => rank >= 0 && rank < depth).sort((a, b) => a.rank - b.rank),
    }));
    assert.deepEqual(audiencesOf(lists, items, depth), expected);
  }));
});

Deno.test("a list is read once, however many items are asked for", () => {
  let reads = 0;
  const { items, scores } = list([0, 1, 2], [3, 2, 1]);
  const watched = {
    scores,
    get items() {
      return reads++, items;
    },
  };
  audiencesOf([watched], [0, 1, 2, 3, 4], 3);
  assert.equal(reads, 1);
});
