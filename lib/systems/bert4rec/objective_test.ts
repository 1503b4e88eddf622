import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences, type Sequences, userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import { createBert4Rec } from "./model.ts";
import { createSasRec } from "../sasrec/model.ts";
import { createGenerator } from "../../random.ts";
import { clozeObjective } from "./objective.ts";

const maxLength = 6;

/** Sequences whose items are all different, so that an item tells whose it is and where it stands. */
const sequencesOfLengths = (lengths: number[]): Sequences => {
  let item = 0;
  return packSequences(lengths.map((length) => Array.from({ length }, () => item++)));
};

const settings = { batchSize: 10, instances: "sequence" as "sequence" | "prefix" };

function objectiveFor(sequences: Sequences, { batchSize, instances } = settings) {
  const model = createBert4Rec(Math.max(1, sequences.items.length), { hiddenSize: 4, maxLength });
  return clozeObjective(model, { name: "Made", sequences, features: null }, { batchSize, instances });
}

/** A stretch as the model reads it: each item, or the one that is to be told behind the mask, in square brackets. */
function stretchesIn(arrays: Arrays, mask: number): string[] {
  const { items, positions, segments, queries, targets, weights } = arrays;
  const told = new Map<number, number>();
  queries.forEach((slot, i) => {
    if (weights[i] > 0) told.set(slot, targets[i]);
  });
  const stretches = new Map<number, string[]>();
  segments.forEach((segment, slot) => {
    // empty slots have negative numbers
    if (segment < 0) return;
    const stretch = stretches.get(segment) ?? [];
    assert.equal(positions[slot], stretch.length, "positions count from 0");
    assert.equal(items[slot] === mask, told.has(slot), "what is masked is predicted, and nothing else");
    stretch.push(told.has(slot) ? `[${told.get(slot)}]` : String(items[slot]));
    stretches.set(segment, stretch);
  });
  return [...stretches.values()].map((stretch) => stretch.join(" "));
}

/** All stretches of one epoch. */
function epochOf(objective: ReturnType<typeof objectiveFor>, mask: number, seed: number): string[] {
  const generator = createGenerator(seed);
  return objective.batches(generator).flatMap(({ arrays }) => stretchesIn(arrays(generator), mask));
}

const unmasked = (stretch: string) => stretch.replaceAll(/[[\]]/g, "");

const cases = fc.record({
  sequences: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 })
    .map((lengths) => sequencesOfLengths([4, ...lengths])),
  instances: fc.constantFrom("sequence" as const, "prefix" as const),
  seed: fc.integer(),
});

Deno.test("every epoch reads all training items and no others, each stretch equally often and with a mask", () => {
  fc.assert(fc.property(cases, ({ sequences, instances, seed }) => {
    const mask = sequences.items.length;
    const stretches = epochOf(objectiveFor(sequences, { ...settings, instances }), mask, seed);
    for (const stretch of stretches) assert.match(stretch, /\[/);
    const read = stretches.flatMap((stretch) => unmasked(stretch).split(" ").map(Number));
    const expected = Array.from(
      { length: userCount(sequences) },
      (_, user) => historyOf(sequences, user, "train"),
    )
      .filter(({ length }) => length >= 2).flatMap((items) => [...items]);
    assert.deepEqual([...new Set(read)].sort((a, b) => a - b), expected);
    const times = Map.groupBy(stretches, unmasked).values().map(({ length }) => length);
    assert.equal(new Set(times).size, 1);
    for (const stretch of stretches) {
      const items = unmasked(stretch).split(" ").map(Number);
      assert.ok(items.length >= 2 && items.length <= maxLength);
      items.forEach((item, i) => assert.equal(item, items[0] + i, "in the order of the sequence"));
    }
  }));
});

Deno.test("whole sequences are cut into windows from their end, prefixes keep their last items", () => {
  const sequences = sequencesOfLengths([16]); // 14 training items
  const read = (instances: "sequence" | "prefix") =>
    [...new Set(epochOf(objectiveFor(sequences, { ...settings, instances }), 16, 1).map(unmasked))].sort();
  assert.deepEqual(read("sequence"), ["0 1 2 3 4 5", "2 3 4 5 6 7", "8 9 10 11 12 13"].sort());
  const prefixes = Array.from({ length: 13 }, (_, i) => {
    const end = i + 2;
    const start = Math.max(0, end - maxLength);
    return Array.from({ length: end - start }, (_, j) => start + j).join(" ");
  });
  assert.deepEqual(read("prefix"), prefixes.sort());
});

Deno.test("a masked item is nowhere in what the model reads of its sequence", () => {
  fc.assert(fc.property(cases, ({ sequences, seed }) => {
    const generator = createGenerator(seed);
    for (const { arrays } of objectiveFor(sequences).batches(generator)) {
      const { items, queries, targets, weights, segments } = arrays(generator);
      targets.forEach((target, i) => {
        if (weights[i] === 0) return;
        const own = items.filter((_, slot) => segments[slot] === segments[queries[i]]);
        assert.ok(!own.includes(target), `item ${target}`);
      });
    }
  }));
});

Deno.test("in half of the stretches the last item alone is masked, in the others each with probability 0.2", () => {
  const sequences = sequencesOfLengths(Array(2000).fill(maxLength + 2));
  const stretches = epochOf(
    objectiveFor(sequences, { ...settings, batchSize: 500 }),
    sequences.items.length,
    1,
  );
  const maskedAt = stretches.map((stretch) =>
    stretch.split(" ").flatMap((item, position) => item.startsWith("[") ? [position] : [])
  );
  const share = (holds: (positions: number[]) => boolean) => maskedAt.filter(holds).length / maskedAt.length;
  // at least one is masked: of none (0.8⁶ of the stretches) it is any
  const none = 0.8 ** maxLength;
  const onlyLast = 0.5 + 0.5 * (0.2 * 0.8 ** (maxLength - 1) + none / maxLength);
  const first = 0.5 * (0.2 + none / maxLength);
  // 2,000 stretches: four standard deviations are at most 0.045
  assert.ok(Math.abs(share((at) => at.length === 1 && at[0] === maxLength - 1) - onlyLast) < 0.045);
  assert.ok(Math.abs(share((at) => at.includes(0)) - first) < 0.045);
  assert.ok(Math.abs(share((at) => at.includes(3)) - first) < 0.045);
});

Deno.test("every batch has the compiled shape, and weights that are a mean over its predictions", () => {
  fc.assert(fc.property(cases, ({ sequences, instances, seed }) => {
    const objective = objectiveFor(sequences, { ...settings, instances });
    const generator = createGenerator(seed);
    for (const batch of objective.batches(generator)) {
      const arrays = batch.arrays(generator);
      for (const [name, { shape }] of Object.entries(objective.inputs)) {
        assert.equal(arrays[name].length, shape[0], name);
      }
      const weights = Array.from(arrays.weights);
      assert.ok(
        weights.slice(0, batch.instances).every((weight) => weight === Math.fround(1 / batch.instances)),
      );
      assert.ok(weights.slice(batch.instances).every((weight) => weight === 0));
    }
  }));
});

Deno.test("an epoch's masks are drawn with its batches: the same state gives the same batches, the next epoch others", () => {
  const objective = objectiveFor(sequencesOfLengths([8, 7, 9, 5, 8]));
  const generator = createGenerator(3);
  const batches = objective.batches(generator);
  const state = [...generator.getState()];
  const first = batches.map(({ arrays }) => arrays(generator));
  assert.deepEqual([...generator.getState()], state, "nothing is drawn later");
  assert.deepEqual(batches.map(({ arrays }) => arrays(generator)), first);
  const again = objective.batches(createGenerator(3)).map(({ arrays }) => arrays(createGenerator(0)));
  assert.deepEqual(again, first);
  assert.notDeepEqual(objective.batches(generator).map(({ arrays }) => arrays(generator)), first);
});

Deno.test("what cannot be trained so is refused", () => {
  assert.throws(() => objectiveFor(sequencesOfLengths([3, 2, 0])), {
    name: "DataError",
    message: /training sequences of Made/,
  });
  assert.throws(() => objectiveFor(sequencesOfLengths([20]), { ...settings, batchSize: 5 }), {
    name: "ParameterError",
    message: /^batchSize: expected at least 6/,
  });
  const sasrec = createSasRec(10, { hiddenSize: 4, maxLength });
  const sequences = sequencesOfLengths([8]);
  assert.throws(() => clozeObjective(sasrec, { name: "Made", sequences, features: null }, settings), {
    name: "ParameterError",
    message: /a model with a mask, such as BERT4Rec, but found SASRec/,
  });
});

Deno.test("with drawn items a step knows those and its stretches' own, and the mask is behind them", () => {
  const sequences = sequencesOfLengths([5, 9, 14, 6, 7]);
  const items = sequences.items.length;
  const model = createBert4Rec(items, { hiddenSize: 4, maxLength });
  const { batches, inputs, known } = clozeObjective(model, { name: "Made", sequences, features: null }, {
    ...settings,
    negatives: { by: "uniform", count: 3 },
  });
  const [size] = inputs[known!].shape;
  assert.ok(size < items);
  const generator = createGenerator(1);
  for (const { arrays } of batches(generator)) {
    const { [known!]: list, ...others } = arrays(generator);
    assert.equal(new Set(list).size, size);
    for (const stretch of stretchesIn(others, size)) {
      // numbered through over all users: what stands side by side follows on from one another
      const read = stretch.split(" ").map((item) => list[Number(item.replace(/[[\]]/g, ""))]);
      read.forEach((item, at) => assert.equal(item, read[0] + at));
    }
  }
});
