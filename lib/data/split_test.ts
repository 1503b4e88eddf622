import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences, sequenceOf, userCount } from "./domain.ts";
import { historyOf, targetOf } from "./split.ts";

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
