import assert from "node:assert/strict";
import fc from "fast-check";
import { audiencesOf } from "./audience.ts";

const list = (items: number[], scores: number[]) =>
  items.map((index, at) => ({ index, item: `item ${index}`, score: scores[at] }));

Deno.test("users come by the item's place, then by its score; those without it, or too deep, do not come", () => {
  const lists = [list([3, 1], [9, 8]), list([1, 2], [5, 1]), list([2, 3], [3, 2]), list([1], [6])];
  const first = [{ user: 3, rank: 0 }, { user: 1, rank: 0 }];
  assert.deepEqual(audiencesOf(lists, ["item 4", "item 1"], 2), [
    { item: "item 4", prospects: [] },
    { item: "item 1", prospects: [...first, { user: 0, rank: 1 }] },
  ]);
  assert.deepEqual(audiencesOf(lists, ["item 1"], 1), [{ item: "item 1", prospects: first }]);
});

Deno.test("one pass finds for every item what a search of all lists for it finds", () => {
  const ranking = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7]);
  const depth = fc.integer({ min: 1, max: 9 });
  fc.assert(fc.property(fc.array(ranking), ranking, depth, (rankings, items, depth) => {
    // equal scores, so that the order of users is tested too
    const lists = rankings.map((ranked) => list(ranked, ranked.map((_, rank) => -(rank % 3))));
    const expected = items.map((item) => ({
      item: `item ${item}`,
      prospects: rankings.map((ranked, user) => ({ user, rank: ranked.indexOf(item) }))
        .filter(({ rank }) => rank >= 0 && rank < depth).sort((a, b) => a.rank - b.rank),
    }));
    assert.deepEqual(audiencesOf(lists, items.map((item) => `item ${item}`), depth), expected);
  }));
});

Deno.test("a list is read once, however many items are asked for", () => {
  let reads = 0;
  const watched = list([0, 1, 2], [3, 2, 1]);
  watched.slice = (...range) => (reads++, watched.concat().slice(...range));
  audiencesOf([watched], ["item 0", "item 1", "item 2", "item 3"], 3);
  assert.equal(reads, 1);
});
