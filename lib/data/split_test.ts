import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences, sequenceOf, type Sequences, userCount } from "./domain.ts";
import {
  arraysOf,
  endsOf,
  historyOf,
  notAsked,
  selectUsers,
  shortestSequence,
  splitName,
  targetOf,
  unranked,
  usersOf,
} from "./split.ts";

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

/** Two users who are asked in both parts, one in each alone, one in none, one with nothing before the test. */
const byTime: Sequences = {
  ...packSequences([[0, 1, 2, 3, 4], [0, 1, 2, 3], [4, 5], [6, 7], [8, 9], [1, 2]]),
  split: {
    trainEnds: Int32Array.of(2, 1, 1, 0, 2, 0),
    validEnds: Int32Array.of(4, 2, 2, 1, 2, 0),
    times: { validFrom: "2024-05-01", testFrom: "2024-06-01" },
  },
};

Deno.test("by time, the first item of a part is its target, and all before it the history", () => {
  assert.deepEqual([...usersOf(byTime, "valid")], [0, 1, 2]);
  assert.deepEqual([...usersOf(byTime, "test")], [0, 1, 3]);
  assert.deepEqual([...historyOf(byTime, 0, "train")], [0, 1]);
  assert.deepEqual([[...historyOf(byTime, 0, "valid")], targetOf(byTime, 0, "valid")], [[0, 1], 2]);
  assert.deepEqual([[...historyOf(byTime, 0, "test")], targetOf(byTime, 0, "test")], [[0, 1, 2, 3], 4]);
  assert.deepEqual([[...historyOf(byTime, 3, "test")], targetOf(byTime, 3, "test")], [[6], 7]);
  assert.deepEqual([2, 4].map((user) => targetOf(byTime, user, "test")), [-1, -1]);
  assert.equal(splitName(byTime), "by time, valid from 2024-05-01, test from 2024-06-01");
});

Deno.test("a split by time that ends where leave-one-out does is the same split", () => {
  fc.assert(fc.property(lists, (users) => {
    const leaveOneOut = packSequences(users);
    const sequences = { ...leaveOneOut, split: endsOf(leaveOneOut) };
    for (const part of ["valid", "test"] as const) {
      assert.deepEqual(usersOf(sequences, part), usersOf(leaveOneOut, part));
      for (const user of usersOf(sequences, part)) {
        assert.deepEqual(historyOf(sequences, user, part), historyOf(leaveOneOut, user, part));
        assert.equal(targetOf(sequences, user, part), targetOf(leaveOneOut, user, part));
      }
    }
    for (const user of users.keys()) {
      assert.deepEqual(historyOf(sequences, user, "train"), historyOf(leaveOneOut, user, "train"));
    }
  }));
});

Deno.test("selected users keep their items and where their parts end", () => {
  const selected = selectUsers(byTime, [3, 0]);
  assert.deepEqual([...selected.items], [6, 7, 0, 1, 2, 3, 4]);
  assert.deepEqual([...selected.offsets], [0, 2, 7]);
  assert.deepEqual(selected.split, {
    trainEnds: Int32Array.of(0, 2),
    validEnds: Int32Array.of(1, 4),
    times: byTime.split!.times,
  });
  assert.equal(selectUsers(packSequences([[1], [2]]), [1]).split, undefined);
});

Deno.test("before any is found, ranks say that nothing was found, or by time that nobody was asked", () => {
  assert.deepEqual([...unranked(packSequences([[1, 2, 3], [4]]))], [-1, -1]);
  assert.deepEqual([...unranked(byTime)], Array(6).fill(notAsked));
});

Deno.test("other ends are other arrays for a fingerprint, and leave-one-out has none", () => {
  assert.deepEqual(arraysOf(byTime), [
    byTime.offsets,
    byTime.items,
    byTime.split!.trainEnds,
    byTime.split!.validEnds,
  ]);
  assert.equal(arraysOf(packSequences([[1]])).length, 2);
});
