import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences, sequenceOf, type Sequences } from "../../data/domain.ts";
import { targetOf } from "../../data/split.ts";
import { createGenerator, integer, shuffle } from "../../random.ts";
import { type BatchShape, packBatches, type PackedBatch, rowsFor } from "./packing.ts";
import { evaluationSegments, prefixSegments, type Segment, sequenceSegments } from "./segments.ts";

const maxLength = 8;

/** Sequences in which item indices are distinct over all users, so that an item tells whose it is and where it stands. */
const sequencesOfLengths = (lengths: number[]): Sequences => {
  let item = 0;
  return packSequences(lengths.map((length) => Array.from({ length }, () => item++)));
};

const cases = fc.record({
  sequences: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 25 }).map(sequencesOfLengths),
  makeSegments: fc.constantFrom(
    sequenceSegments,
    prefixSegments,
    (sequences: Sequences) => evaluationSegments(sequences, "test", maxLength),
  ),
  shape: fc.record({
    rows: fc.integer({ min: 1, max: 6 }),
    length: fc.integer({ min: maxLength, max: 12 }),
    capacity: fc.integer({ min: maxLength, max: 40 }),
    distinctItems: fc.option(fc.integer({ min: maxLength + 1, max: 30 }), { nil: undefined }),
  }),
  seed: fc.integer(),
});

/** Packs shuffled segments of random sequences and hands the result to `check`. */
const forAnyBatches = (
  check: (batches: PackedBatch[], segments: Segment[], sequences: Sequences, shape: BatchShape) => void,
) =>
  fc.assert(fc.property(cases, ({ sequences, makeSegments, shape, seed }) => {
    const segments = shuffle(createGenerator(seed), makeSegments(sequences, maxLength));
    check(packBatches(segments, sequences, shape), segments, sequences, shape);
  }));

/** What a batch says of each placed segment: its items, and from which of them which item is predicted. */
const contents = (batch: PackedBatch): string[] => {
  const byNumber = new Map<number, { items: number[]; predictions: string[] }>();
  batch.segments.forEach((number, slot) => {
    if (number < 0) return;
    const segment = byNumber.get(number) ?? { items: [], predictions: [] };
    byNumber.set(number, segment);
    assert.equal(batch.positions[slot], segment.items.length, "positions count from 0 in each segment");
    segment.items.push(batch.items[slot]);
  });
  for (let i = 0; i < batch.instances; i++) {
    const slot = batch.queries[i];
    byNumber.get(batch.segments[slot])!.predictions.push(
      `${batch.users[i]}: ${batch.items[slot]} → ${batch.targets[i]}`,
    );
  }
  return [...byNumber.values()].map(({ items, predictions }) => `${items} | ${predictions}`);
};

Deno.test("every segment is packed exactly once, with its items, queries and targets", () => {
  forAnyBatches((batches, segments, sequences) => {
    const expected = segments.map(({ user, start, length, firstQuery }) => {
      const items = sequenceOf(sequences, user);
      const predictions = Array.from({ length: length - firstQuery }, (_, i) => start + firstQuery + i)
        .map((place) => `${user}: ${items[place]} → ${items[place + 1]}`);
      return `${items.slice(start, start + length)} | ${predictions}`;
    });
    assert.deepEqual(batches.flatMap(contents).sort(), expected.sort());
  });
});

Deno.test("all batches have the asked shape and say how full they are", () => {
  forAnyBatches((batches, _segments, _sequences, { rows, length, capacity }) => {
    for (const batch of batches) {
      for (const slots of [batch.items, batch.positions, batch.segments]) {
        assert.equal(slots.length, rows * length);
      }
      for (const values of [batch.queries, batch.targets, batch.weights]) {
        assert.equal(values.length, capacity);
      }
      assert.ok(batch.instances > 0);
      assert.equal(batch.users.length, batch.instances);
      assert.equal(batch.used, batch.segments.filter((number) => number >= 0).length);
      const weights = Array.from(batch.weights);
      assert.ok(
        weights.slice(0, batch.instances).every((weight) => weight === Math.fround(1 / batch.instances)),
      );
      assert.ok(weights.slice(batch.instances).every((weight) => weight === 0));
    }
  });
});

Deno.test("no batch reads and predicts more distinct items than it may", () => {
  forAnyBatches((batches, _segments, _sequences, { distinctItems = Infinity }) => {
    for (const { items, segments, targets, instances } of batches) {
      const read = items.filter((_, slot) => segments[slot] >= 0);
      const distinct = new Set([...read, ...targets.subarray(0, instances)]);
      assert.ok(distinct.size <= distinctItems, `${distinct.size} items, at most ${distinctItems}`);
    }
  });
});

Deno.test("a segment lies in one row, and an empty slot is alone with its number", () => {
  forAnyBatches((batches) => {
    for (const { segments, length } of batches) {
      const rowOf = new Map<number, number>();
      segments.forEach((number, slot) => {
        const row = Math.floor(slot / length);
        assert.equal(rowOf.get(number) ?? row, row, "one row per segment");
        if (number < 0) assert.ok(!rowOf.has(number), "no two empty slots share a number");
        rowOf.set(number, row);
      });
    }
  });
});

Deno.test("an evaluation batch predicts the held-out item and never holds it", () => {
  const generator = createGenerator(4);
  const lengths = Array.from({ length: 300 }, () => 3 + integer(generator, 20));
  const sequences = sequencesOfLengths(lengths);
  for (const part of ["valid", "test"] as const) {
    const segments = evaluationSegments(sequences, part, maxLength);
    const batches = packBatches(segments, sequences, { rows: 10, length: maxLength, capacity: 16 });
    const seen = new Set<number>();
    for (const batch of batches) {
      const filled = new Set(batch.items.filter((_, slot) => batch.segments[slot] >= 0));
      batch.users.forEach((user, i) => {
        seen.add(user);
        assert.equal(batch.targets[i], targetOf(sequences, user, part));
        assert.ok(!filled.has(batch.targets[i]));
      });
    }
    assert.equal(seen.size, lengths.length);
  }
});

Deno.test("segments keep their order where all fit", () => {
  const sequences = sequencesOfLengths([4, 4, 4, 4, 4, 4]);
  const segments = evaluationSegments(sequences, "test", maxLength);
  const batches = packBatches(segments, sequences, { rows: 2, length: 8, capacity: 4 });
  assert.deepEqual(batches.map((batch) => [...batch.users]), [[0, 1, 2, 3], [4, 5]]);
});

Deno.test("a segment that does not fit waits for the next batch while shorter ones fill this one", () => {
  const sequences = sequencesOfLengths([6, 6, 3, 3]);
  const segments = evaluationSegments(sequences, "test", maxLength);
  const batches = packBatches(segments, sequences, { rows: 1, length: 9, capacity: 4 });
  assert.deepEqual(batches.map((batch) => [...batch.users]), [[0, 2, 3], [1]]);
});

Deno.test("with rowsFor, nearly every batch of shuffled segments is full and few slots are empty", () => {
  const generator = createGenerator(11);
  const geometric = (mean: number) => 5 + Math.floor(-mean * Math.log(1 - integer(generator, 1000) / 1000));
  const short = sequencesOfLengths(Array.from({ length: 6000 }, () => geometric(2)));
  const long = sequencesOfLengths(Array.from({ length: 3000 }, () => geometric(40)));
  const kinds: [string, Sequences, Segment[], number][] = [
    ["short", short, sequenceSegments(short, 50), 2048],
    ["windows", long, sequenceSegments(long, 50), 2048],
    ["prefixes", short, prefixSegments(short, 50), 2048],
    ["evaluation", short, evaluationSegments(short, "test", 50), 512],
  ];
  for (const [name, sequences, segments, capacity] of kinds) {
    shuffle(generator, segments);
    const rows = rowsFor(segments, capacity, 50);
    const full = packBatches(segments, sequences, { rows, length: 50, capacity }).slice(0, -1);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const instances = mean(full.map((batch) => batch.instances / capacity));
    const slots = mean(full.map((batch) => batch.used / (rows * 50)));
    assert.ok(instances > 0.98, `${name}: ${instances} of the capacity`);
    assert.ok(slots > 0.92, `${name}: ${slots} of the slots`);
  }
});

Deno.test("rowsFor asks for no more rows than a small data set needs", () => {
  const sequences = sequencesOfLengths([6, 6, 6]);
  assert.equal(rowsFor(sequenceSegments(sequences, 50), 2048, 50), 1);
  assert.equal(rowsFor([], 2048, 50), 1);
});

Deno.test("a segment that no batch can hold is refused by name", () => {
  const sequences = sequencesOfLengths([12]);
  const segments = sequenceSegments(sequences, 50);
  assert.throws(() => packBatches(segments, sequences, { rows: 4, length: 8, capacity: 50 }), {
    name: "ParameterError",
    message: /^length: expected rows that hold a segment of 9 items, but found rows of 8/,
  });
  assert.throws(() => packBatches(segments, sequences, { rows: 4, length: 50, capacity: 8 }), {
    name: "ParameterError",
    message: /^capacity: expected room for the 9 predictions of one segment, but found room for 8/,
  });
  assert.throws(
    () => packBatches(segments, sequences, { rows: 4, length: 50, capacity: 50, distinctItems: 9 }),
    {
      name: "ParameterError",
      message: /^distinctItems: expected room for the 10 items of one segment, but found room for 9/,
    },
  );
  assert.throws(() => packBatches(segments, sequences, { rows: 0, length: 50, capacity: 50 }), {
    name: "ParameterError",
    message: /^rows: expected a positive integer, but found 0/,
  });
});
