import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences, sequenceOf, userCount } from "./domain.ts";
import { historyOf, shortestSequence, targetOf } from "./split.ts";

const lists = fc.array(fc.array(fc.nat(99), { maxLength: 9 }), { maxLength: 5 });

Deno.test("packed sequences are the lists they were made of", () => {
  fc.assert(fc.property(lists, (users) => {
    const sequences = packSequences(users);
    assert.equal(userCount(sequences), users.length);
    users.forEach((list, user) => assert.deepEqual([...sequenceOf(sequences, user)], list));
  }));
});

Deno.test("history and target cut a sequence's last items off, one more for each earlier part", () => {
  const sequences = packSequences([[9], [5, 6, 7, 8]]);
  assert.deepEqual([...historyOf(sequences, 1, "train")], [5, 6]);
  assert.deepEqual([[...historyOf(sequences, 1, "valid")], targetOf(sequences, 1, "valid")], [[5, 6], 7]);
  assert.deepEqual([[...historyOf(sequences, 1, "test")], targetOf(sequences, 1, "test")], [[5, 6, 7], 8]);
});

Deno.test("the shortest sequence has one item each to train, validate and test", () => {
  const sequences = packSequences([Array.from({ length: shortestSequence }, (_, item) => item)]);
  const targets = [targetOf(sequences, 0, "valid"), targetOf(sequences, 0, "test")];
  assert.deepEqual([[...historyOf(sequences, 0, "train")], targets], [[0], [1, 2]]);
});
