import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences } from "../../data/domain.ts";
import { createS3RecPretraining } from "./model.ts";
import { createGenerator } from "../../random.ts";
import { maskedShare, s3RecObjective } from "./batches.ts";
import { s3RecViews } from "./loss.ts";

/** User `u` of `n` has the items u, u + n, u + 2n …, so that an item tells where it is from. */
function batchesOf(
  trainingItems: number[],
  { batchSize = 24, maxLength = 5, seed = 1, items = trainingItems.length * 20 } = {},
) {
  const users = trainingItems.length;
  const sequences = packSequences(
    trainingItems.map((length, user) => Array.from({ length: length + 2 }, (_, i) => user + i * users)),
  );
  const features = { values: new Float32Array(items), rows: items, width: 1 };
  const model = createS3RecPretraining(items, 1, { hiddenSize: 2, maxLength });
  const { batches, inputs } = s3RecObjective(
    model,
    { name: "Made", sequences, features },
    batchSize,
    maxLength,
  );
  const generator = createGenerator(seed);
  const made = batches(generator).map((batch) => {
    const { features: _, ...arrays } = batch.arrays(generator) as Record<string, Int32Array>;
    return { instances: batch.instances, arrays };
  });
  return { made, inputs, users, mask: items };
}

const arbitraryLengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 8 });

Deno.test("every training item is asked for once, seen or masked, and no held-out item is anywhere", () => {
  fc.assert(fc.property(arbitraryLengths, fc.integer(), (lengths, seed) => {
    const { made, users, mask } = batchesOf(lengths, { seed });
    const asked: number[] = [];
    const isTraining = (item: number) => Math.floor(item / users) < lengths[item % users];
    for (const { arrays, instances } of made) {
      for (let i = 0; i < arrays.queries.length; i++) {
        const [seen, masked] = [arrays.seenWeights[i], arrays.maskedWeights[i]];
        assert.equal(seen + masked, i < instances ? Math.fround(1 / instances) : 0);
        if (i >= instances) continue;
        asked.push(arrays.targets[i]);
        assert.equal(arrays.maskedItems[arrays.queries[i]], masked > 0 ? mask : arrays.targets[i]);
        assert.equal(arrays.attributes[i], arrays.targets[i]);
        if (masked > 0) {
          const [own, other] = [arrays.targets[i] % users, arrays.negatives[i]];
          assert.ok(other % users !== own || !isTraining(other), "a negative is not the user's own item");
        }
      }
      arrays.segments.forEach((segment, slot) => {
        for (const view of s3RecViews) {
          assert.ok(segment < 0 || arrays[view][slot] === mask || isTraining(arrays[view][slot]), view);
        }
      });
    }
    const all = lengths.flatMap((length, user) => Array.from({ length }, (_, i) => user + i * users));
    assert.deepEqual(asked.sort((a, b) => a - b), all.sort((a, b) => a - b));
  }));
});

Deno.test("a stretch of at most half a sequence is masked; it alone, or another user's, stands in its place", () => {
  fc.assert(fc.property(arbitraryLengths, fc.integer(), (lengths, seed) => {
    const { made, users, mask } = batchesOf(lengths, { seed });
    for (const { arrays, instances } of made) {
      arrays.ends.forEach((end, i) => {
        if (arrays.endWeights[i] === 0) return;
        assert.equal(arrays.endWeights[i], Math.fround(1 / instances));
        const slots = [...arrays.segments.keys()].filter((slot) =>
          arrays.segments[slot] === arrays.segments[end]
        );
        assert.equal(slots.at(-1), end);
        const hidden = slots.filter((slot) => arrays.maskedSegment[slot] === mask);
        assert.ok(hidden.length >= 1 && hidden.length <= slots.length / 2);
        assert.equal(hidden.at(-1)! - hidden[0], hidden.length - 1);
        const user = arrays.maskedSegment[slots.find((slot) => !hidden.includes(slot))!] % users;
        const others = hidden.map((slot) => arrays.otherSegment[slot]);
        assert.ok(others.every((item, j) => item % users !== user && item === others[0] + j * users));
        for (const slot of slots) {
          const alone = [arrays.segment[slot], arrays.otherSegment[slot]];
          if (!hidden.includes(slot)) assert.deepEqual(alone, [mask, mask]);
          else assert.equal(alone[0] % users, user);
        }
      });
    }
  }));
});

Deno.test("about a fifth of the items is masked, others in every epoch, the same from the same seed", () => {
  const lengths = Array.from({ length: 60 }, (_, i) => 3 + i % 9);
  const shareOf = ({ made }: ReturnType<typeof batchesOf>) => {
    const masked =
      made.flatMap(({ arrays }) => [...arrays.maskedWeights].filter((weight) => weight > 0)).length;
    return masked / made.reduce((sum, { instances }) => sum + instances, 0);
  };
  const first = batchesOf(lengths, { seed: 1 });
  assert.ok(Math.abs(shareOf(first) - maskedShare) < 0.06);
  assert.deepEqual(batchesOf(lengths, { seed: 1 }).made, first.made);
  assert.notDeepEqual(batchesOf(lengths, { seed: 2 }).made, first.made);
});

Deno.test("all batches have the shapes of the step's inputs", () => {
  const { made, inputs } = batchesOf([3, 12, 1, 4], { batchSize: 8 });
  for (const { arrays } of made) {
    for (const [name, values] of Object.entries(arrays)) {
      assert.equal(values.length, inputs[name].shape[0], name);
    }
  }
});

Deno.test("where there is no negative, nothing is preferred: one user, or a user with all items", () => {
  const { made: [{ arrays, instances }] } = batchesOf([4], { items: 4, batchSize: 8 });
  assert.ok(arrays.endWeights.every((weight) => weight === 0));
  assert.deepEqual(arrays.negatives.slice(0, instances), arrays.targets.slice(0, instances));
  assert.throws(() => batchesOf([0, 0]), { name: "DataError", message: /training sequences of Made/ });
});
