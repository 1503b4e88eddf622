import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences, type Sequences, userCount } from "../../data/domain.ts";
import { historyOf, targetOf } from "../../data/split.ts";
import {
  evaluationSegments,
  prefixSegments,
  type Segment,
  sequenceSegments,
  wholeSegments,
} from "./segments.ts";

const sequencesOfLengths = (lengths: number[]): Sequences =>
  packSequences(lengths.map((length) => Array.from({ length }, (_, i) => i)));

const arbitrarySequences = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 8 }).map(
  sequencesOfLengths,
);

/** Which positions of which user's sequence the segments predict, in ascending order. */
const targetPositions = (segments: Segment[]): string[] =>
  segments.flatMap(({ user, start, length, firstQuery }) =>
    Array.from({ length: length - firstQuery }, (_, i) => `${user}:${start + firstQuery + i + 1}`)
  ).sort();

const everyTrainingTarget = (sequences: Sequences): string[] =>
  Array.from({ length: userCount(sequences) }, (_, user) => user).flatMap((user) =>
    Array.from(historyOf(sequences, user, "train").keys()).slice(1).map((position) => `${user}:${position}`)
  ).sort();

Deno.test("every training target is predicted exactly once, whole sequences or prefixes", () => {
  fc.assert(fc.property(arbitrarySequences, fc.integer({ min: 1, max: 12 }), (sequences, maxLength) => {
    const expected = everyTrainingTarget(sequences);
    assert.deepEqual(targetPositions(sequenceSegments(sequences, maxLength)), expected);
    assert.deepEqual(targetPositions(prefixSegments(sequences, maxLength)), expected);
  }));
});

Deno.test("whole segments have every training item at one query's slot, and none that is held out", () => {
  fc.assert(fc.property(arbitrarySequences, fc.integer({ min: 1, max: 12 }), (sequences, maxLength) => {
    const segments = wholeSegments(sequences, maxLength);
    const queried = segments.flatMap(({ user, start, length, firstQuery }) =>
      Array.from({ length: length - firstQuery }, (_, i) => `${user}:${start + firstQuery + i}`)
    ).sort();
    const expected = Array.from({ length: userCount(sequences) }, (_, user) => user).flatMap((user) =>
      Array.from(historyOf(sequences, user, "train").keys(), (position) => `${user}:${position}`)
    ).sort();
    assert.deepEqual(queried, expected);
    assert.ok(segments.every(({ length }) => length >= 1 && length <= maxLength));
  }));
});

Deno.test("segments stay inside the training items and the maximum length", () => {
  fc.assert(fc.property(arbitrarySequences, fc.integer({ min: 1, max: 12 }), (sequences, maxLength) => {
    for (const { user, start, length } of sequenceSegments(sequences, maxLength)) {
      assert.ok(start >= 0 && length >= 1 && length <= maxLength);
      // the last training item is only ever a target
      assert.ok(start + length < historyOf(sequences, user, "train").length);
    }
  }));
});

Deno.test("a query of a later window sees more than half a window", () => {
  fc.assert(fc.property(arbitrarySequences, fc.integer({ min: 1, max: 12 }), (sequences, maxLength) => {
    for (const { start, firstQuery } of sequenceSegments(sequences, maxLength)) {
      if (start > 0) assert.ok(firstQuery + 1 > maxLength / 2);
      else assert.equal(firstQuery, 0);
    }
  }));
});

Deno.test("a long sequence is cut into windows that overlap by half and end at its end", () => {
  // 13 items, 11 for training, 10 inputs
  assert.deepEqual(sequenceSegments(sequencesOfLengths([13]), 4), [
    { user: 0, start: 0, length: 4, firstQuery: 0 },
    { user: 0, start: 2, length: 4, firstQuery: 2 },
    { user: 0, start: 4, length: 4, firstQuery: 2 },
    { user: 0, start: 6, length: 4, firstQuery: 2 },
  ]);
  assert.deepEqual(sequenceSegments(sequencesOfLengths([8]), 4), [
    { user: 0, start: 0, length: 4, firstQuery: 0 },
    { user: 0, start: 1, length: 4, firstQuery: 3 },
  ]);
});

Deno.test("a prefix is cut to its last items and predicts once", () => {
  assert.deepEqual(prefixSegments(sequencesOfLengths([6]), 2), [
    { user: 0, start: 0, length: 1, firstQuery: 0 },
    { user: 0, start: 0, length: 2, firstQuery: 1 },
    { user: 0, start: 1, length: 2, firstQuery: 1 },
  ]);
});

Deno.test("an evaluation segment is the end of the history, right before the target", () => {
  fc.assert(fc.property(
    arbitrarySequences,
    fc.constantFrom("valid" as const, "test" as const),
    fc.integer({ min: 1, max: 12 }),
    (sequences, part, maxLength) => {
      const segments = evaluationSegments(sequences, part, maxLength);
      const expected = Array.from({ length: userCount(sequences) }, (_, user) => user)
        .filter((user) => historyOf(sequences, user, part).length > 0);
      assert.deepEqual(segments.map(({ user }) => user), expected);
      for (const { user, start, length, firstQuery } of segments) {
        assert.equal(length, Math.min(maxLength, historyOf(sequences, user, part).length));
        assert.equal(firstQuery, length - 1);
        // items are their own positions here
        assert.equal(start + length, targetOf(sequences, user, part));
      }
    },
  ));
});

Deno.test("a maximum length that is no positive integer is refused by name", () => {
  const sequences = sequencesOfLengths([5]);
  for (const maxLength of [0, -1, 2.5, NaN]) {
    assert.throws(() => sequenceSegments(sequences, maxLength), {
      name: "ParameterError",
      message: /^maxLength:/,
    });
    assert.throws(() => prefixSegments(sequences, maxLength), { name: "ParameterError" });
    assert.throws(() => evaluationSegments(sequences, "test", maxLength), { name: "ParameterError" });
  }
});

Deno.test("for a mask, an evaluation segment ends with the held-out item and leaves it room", () => {
  const sequences = packSequences([[5, 6, 7, 8], [1, 2], [3]]);
  const segments = evaluationSegments(sequences, "test", 3, "mask");
  assert.deepEqual(segments, [
    { user: 0, start: 1, length: 3, firstQuery: 2 },
    { user: 1, start: 0, length: 2, firstQuery: 1 },
  ]);
});

Deno.test("by time, training ends where validation begins, and a segment is for a user with an item in the part", () => {
  const split = { trainEnds: Int32Array.of(3, 0, 2), validEnds: Int32Array.of(4, 1, 2) };
  const sequences = { ...packSequences([[0, 1, 2, 3, 4, 5], [6, 7], [8, 9]]), split };
  assert.deepEqual(sequenceSegments(sequences, 9), [
    { user: 0, start: 0, length: 2, firstQuery: 0 },
    { user: 2, start: 0, length: 1, firstQuery: 0 },
  ]);
  assert.deepEqual(evaluationSegments(sequences, "valid", 9), [{
    user: 0,
    start: 0,
    length: 3,
    firstQuery: 2,
  }]);
  assert.deepEqual(evaluationSegments(sequences, "test", 2), [
    { user: 0, start: 2, length: 2, firstQuery: 1 },
    { user: 1, start: 0, length: 1, firstQuery: 0 },
  ]);
});
