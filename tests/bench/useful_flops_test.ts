import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { packSequences } from "../../lib/data/domain.ts";
import { allocate, sizeOf } from "../../lib/engine/array_spec.ts";
import { createSasRec } from "../../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "../../lib/training/next_item.ts";
import { packBatches } from "../../lib/training/packing/packing.ts";
import { sequenceSegments } from "../../lib/training/packing/segments.ts";
import { lossAndGradients } from "../../lib/training/step.ts";
import { pretrainingFlops, usefulFlops } from "./useful_flops.ts";

const items = 7;

/** Twice the multiply-adds of a product [batch, m, k] · [batch, k, n] = [batch, m, n], from the three sizes. */
function productFlops({ inputShapes, outputShapes }: { inputShapes: number[][]; outputShapes: number[][] }) {
  const [left, right] = inputShapes.slice(0, 2).map(sizeOf);
  const batch = sizeOf(outputShapes[0].slice(0, -2));
  return 2 * Math.sqrt(left * right * sizeOf(outputShapes[0]) / batch);
}

const sizes = { hiddenSize: 6, innerSize: 5, layers: 2, maxLength: 1, featureSize: 4, experts: 3 };
const models = [
  createSasRec(items, sizes),
  createUniSRec(items, sizes),
  createUniSRec(items, { ...sizes, setting: "transductive" }),
];

for (const model of models) {
  Deno.test(`the useful operations of ${model.name} are those of the matrix products that tfjs does`, async () => {
    // rows of one item: no slot is empty, and no pair of positions is forbidden
    const sequences = packSequences([[1, 2, 3, 4], [5, 6, 0, 1], [0, 2, 4, 6, 1]]);
    const segments = sequenceSegments(sequences, 1);
    const shape = { rows: segments.length, length: 1, capacity: segments.length };
    const [batch] = packBatches(segments, sequences, shape);
    await tf.setBackend("cpu");
    const { kernels } = await tf.profile(() => {
      const parameters = Object.fromEntries(
        Object.entries(model.parameters).map(([name, { shape }]) => [name, tf.ones([...shape])]),
      );
      const arrays = { features: new Float32Array(items * sizes.featureSize), ...batchArrays(batch) };
      const inputs = Object.fromEntries(
        Object.entries(nextItemInputs(model, shape)).map(([name, spec]) => {
          const values = name in arrays ? arrays[name as keyof typeof arrays] : allocate(spec);
          return [name, tf.tensor(values, [...spec.shape])];
        }),
      );
      const noise = {
        dropoutMask: (shape: readonly number[]) => tf.ones([...shape]),
        normal: (shape: readonly number[]) => tf.ones([...shape]),
      };
      const trainable = Object.keys(model.parameters);
      lossAndGradients(nextItemLoss(model), parameters, trainable, inputs, noise);
      return tf.scalar(0);
    });
    const products = kernels.filter(({ name }) => name.endsWith("MatMul"));
    const done = products.reduce((sum, product) => sum + productFlops(product as never), 0);
    assert.equal(usefulFlops(model, batch), Math.round(done));
  });
}

Deno.test("empty slots and pairs of positions in other sequences count nothing", () => {
  const model = createSasRec(items, { ...sizes, maxLength: 50 });
  const sequences = packSequences([[1, 2, 3, 4, 5], [5, 6, 0, 1], [0, 2, 4, 6, 1]]);
  const segments = sequenceSegments(sequences, 50);
  const [loose] = packBatches(segments, sequences, { rows: 10, length: 10, capacity: 40 });
  const [tight] = packBatches(segments, sequences, { rows: 1, length: 5, capacity: 5 });
  assert.equal(usefulFlops(model, loose), usefulFlops(model, tight));
});

Deno.test("a pre-training step adapts its items once, and encodes and compares two views", () => {
  const model = createUniSRec(items, sizes);
  const sequences = packSequences([[1, 2, 3, 4]]);
  const [batch] = packBatches(sequenceSegments(sequences, 1), sequences, { rows: 1, length: 1, capacity: 1 });
  // a fine-tuning step compares its one instance with all items instead
  const compared = (others: number) => 2 * 3 * others * sizes.hiddenSize;
  const adaptor = pretrainingFlops(model, [], 0, items);
  const encoderAndScores = usefulFlops(model, batch) - adaptor;
  const expected = adaptor + 2 * (encoderAndScores - compared(items) + compared(1));
  assert.equal(pretrainingFlops(model, [batch, batch], 1, items), expected);
});
