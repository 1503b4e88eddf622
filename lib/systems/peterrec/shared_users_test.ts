import assert from "node:assert/strict";
import { packSequences, sequenceOf, type Sequences, userCount } from "../../data/domain.ts";
import { type OverlappingDomain, sharedSequences, sharedUsers } from "./shared_users.ts";

const source: OverlappingDomain = {
  name: "Source",
  itemIds: ["a", "b", "c", "d"],
  userIds: ["ann", "bob", "cem", "dan", "eve"],
  sequences: packSequences([[0, 1], [2], [], [3, 3, 0], [1]]),
};
const target: OverlappingDomain = {
  name: "Target",
  itemIds: ["x", "y", "z"],
  userIds: ["zoe", "eve", "dan", "cem", "ann"],
  sequences: packSequences([[0, 1, 2], [0, 1], [2, 1, 0, 2], [0, 1, 2], [1, 1, 0]]),
};

Deno.test("shared users are in both by their ID, with an item in the source and three in the target", () =>
  assert.deepEqual(sharedUsers(source, target), [{ source: 3, target: 2 }, { source: 0, target: 4 }]));

Deno.test("a sequence is what the user did in the source, the question, and an item of the target", () => {
  const made = sharedSequences(source, target, sharedUsers(source, target));
  const lists = (sequences: Sequences) =>
    Array.from({ length: userCount(sequences) }, (_, user) => [...sequenceOf(sequences, user)]);
  // rows 0 to 2 are the target's items, 3 is the question, the source's items begin with 4
  assert.deepEqual(lists(made.train), [[7, 7, 4, 3, 2], [7, 7, 4, 3, 1], [4, 5, 3, 1]]);
  assert.deepEqual(lists(made.valid), [[7, 7, 4, 3, 0], [4, 5, 3, 1]]);
  assert.deepEqual(lists(made.test), [[7, 7, 4, 3, 2], [4, 5, 3, 0]]);
});

Deno.test("without a user in both domains there is nothing to learn from", () => {
  const others = { ...target, userIds: target.userIds.map((id) => `${id} of the target`) };
  assert.throws(() => sharedUsers(source, others), {
    name: "DataError",
    message: /^users of Source and Target: expected some who are in both.* found none/,
  });
});

Deno.test("a split by time is refused: of the source all is read, whenever it was", () => {
  const split = { trainEnds: new Int32Array(5), validEnds: new Int32Array(5) };
  const byTime = (domain: OverlappingDomain) => ({ ...domain, sequences: { ...domain.sequences, split } });
  for (const [one, other] of [[byTime(source), target], [source, byTime(target)]]) {
    assert.throws(() => sharedUsers(one, other), {
      name: "DataError",
      message: /^the split of (Source|Target): expected leave-one-out, but found a split by time/,
    });
  }
});
