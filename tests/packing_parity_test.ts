// What packing must not change: against one prefix at a time, against eager tfjs, and between segments of a row.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Arrays } from "../lib/engine/array_spec.ts";
import { drawNoise } from "../lib/engine/noise.ts";
import type { SequenceModel } from "../lib/nn/sequence_model.ts";
import { createSasRec } from "../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../lib/systems/unisrec/model.ts";
import { initialiseParameters } from "../lib/nn/parameters.ts";
import { createGenerator } from "../lib/random.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "../lib/training/next_item.ts";
import { type BatchShape, packBatches, type PackedBatch } from "../lib/training/packing/packing.ts";
import { prefixSegments, type Segment, sequenceSegments } from "../lib/training/packing/segments.ts";
import { parameterInputs, parametersOf } from "../lib/training/step.ts";
import { engines, runOnce } from "./compare_engines.ts";
import { assertAllClose } from "./golden.ts";
import { evaluationLoss, gradientsOf, prefixed } from "./model_gradients.ts";
import { smallDomain } from "./small_domain.ts";

const { sequences, features, itemIds } = smallDomain({ items: 40, users: 12 });

// the longest training history has ten items: no window cuts it, so that packed training is exactly the reference's
const sizes = { hiddenSize: 16, innerSize: 16, maxLength: 12, dropout: 0.3, featureSize: features!.width };
const models = [
  createSasRec(itemIds.length, sizes),
  createUniSRec(itemIds.length, { ...sizes, experts: 4 }),
  createUniSRec(itemIds.length, { ...sizes, experts: 4, setting: "transductive" }),
];

/** Parameters far from their start, so that no part of a gradient is small. */
function parametersFor(model: SequenceModel): Arrays {
  const specs = Object.entries(model.parameters).map((
    [name, spec],
  ) => [name, { ...spec, initial: "normal" }]);
  const drawn = initialiseParameters(Object.fromEntries(specs), createGenerator(1));
  const scaled = Object.entries(drawn).map(([name, values]) => [name, values.map((value) => 10 * value)]);
  return prefixed("parameters/", Object.fromEntries(scaled));
}

function packed(segments: Segment[], rows: number): { shape: BatchShape; batch: PackedBatch } {
  const shape = { rows, length: sizes.maxLength, capacity: 100 };
  const batches = packBatches(segments, sequences, shape);
  assert.equal(batches.length, 1);
  return { shape, batch: batches[0] };
}

const wholeSequences = packed(sequenceSegments(sequences, sizes.maxLength), 10);
const prefixes = packed(prefixSegments(sequences, sizes.maxLength), 60);

/** Specs and arrays of a model's parameters, its features and a batch. */
function given(model: SequenceModel, { shape, batch }: { shape: BatchShape; batch: PackedBatch }) {
  return {
    specs: { ...parameterInputs(model.parameters), ...nextItemInputs(model, shape) },
    arrays: {
      ...parametersFor(model),
      ...(model.featureSize === null ? {} : { features: features!.values }),
      ...batchArrays(batch),
    },
  };
}

Deno.test("the packed batch shares rows between users and has empty slots, the other one prefix per prediction", () => {
  const { batch } = wholeSequences;
  assert.ok(batch.used < batch.segments.length);
  assert.ok(new Set(batch.segments.filter((segment) => segment >= 0)).size > batch.rows);
  assert.equal(new Set(prefixes.batch.segments.filter((segment) => segment >= 0)).size, batch.instances);
});

for (const model of models) {
  for (const engine of Object.values(engines)) {
    Deno.test(`${model.name} on ${engine.name}: packed training has the loss and gradients of single prefixes`, async () => {
      const computation = gradientsOf(evaluationLoss(model), model, ["adaptor.noise."]);
      const [whole, single] = [given(model, wholeSequences), given(model, prefixes)];
      const expected = await runOnce(engine, computation, single.specs, single.arrays);
      const found = await runOnce(engine, computation, whole.specs, whole.arrays);
      assertAllClose(found, expected, "packed");
    });
  }

  Deno.test(`${model.name}: compiled and eager training steps agree, with dropout and gate noise`, async () => {
    const { specs, arrays } = given(model, wholeSequences);
    const [found, expected] = await Promise.all(
      [engines.compiled, engines.eager].map(async (engine) => {
        const program = await engine.compile(gradientsOf(nextItemLoss(model), model), specs);
        const result = await program.run({ ...arrays, ...drawNoise(program.noise, createGenerator(2)) });
        await program.release();
        return result;
      }),
    );
    assertAllClose(found, expected, "compiled");
  });

  Deno.test(`${model.name}: an item has influence on its own and later positions of its sequence only`, async () => {
    const { specs, arrays } = given(model, wholeSequences);
    const { segments, positions, items } = wholeSequences.batch;
    const program = await engines.compiled.compile((inputs) => {
      const parameters = parametersOf(model.parameters, inputs);
      const table = model.itemTable(parameters, inputs.features ?? null, null);
      const { items, positions, segments } = inputs;
      return { encoded: model.encode(table, { items, positions, segments }, parameters, null) };
    }, specs);
    const { encoded: before } = await program.run(arrays);
    const slots = Array.from(segments.keys());
    const empty = slots.filter((slot) => segments[slot] < 0);
    const anySlot = fc.oneof(fc.constantFrom(...slots), fc.constantFrom(...empty));
    await fc.assert(
      fc.asyncProperty(anySlot, fc.integer({ min: 1, max: itemIds.length - 1 }), async (changed, step) => {
        const others = items.with(changed, (items[changed] + step) % itemIds.length);
        const { encoded: after } = await program.run({ ...arrays, items: others });
        for (const slot of slots) {
          const [own, former] = [after, before].map((encoded) =>
            encoded.subarray(slot * sizes.hiddenSize, (slot + 1) * sizes.hiddenSize)
          );
          const mayDiffer = segments[slot] === segments[changed] && positions[slot] >= positions[changed];
          if (mayDiffer) assert.notDeepEqual(own, former, `slot ${slot} reads slot ${changed}`);
          else assert.deepEqual(own, former, `slot ${slot} must not read slot ${changed}`);
        }
      }),
      { numRuns: 40 },
    );
    await program.release();
  });
}
