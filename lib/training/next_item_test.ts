import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines, runOnce } from "../../tests/compare_engines.ts";
import { packSequences } from "../data/domain.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { createUniSRec } from "../systems/unisrec/model.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "./next_item.ts";
import { packBatches } from "./packing/packing.ts";
import { sequenceSegments } from "./packing/segments.ts";
import { fits } from "../engine/array_spec.ts";

const sequences = packSequences([[0, 1, 2, 3, 0], [2, 2, 1, 0]]);
const shape = { rows: 2, length: 4, capacity: 5 };
const [batch] = packBatches(sequenceSegments(sequences, 4), sequences, shape);

Deno.test("a batch's arrays fit what the loss asks for, features only where the model reads them", () => {
  const inputs = nextItemInputs({ items: 4, featureSize: null }, shape);
  assert.deepEqual(Object.keys(inputs), Object.keys(batchArrays(batch)));
  for (const [name, array] of Object.entries(batchArrays(batch))) assert.ok(fits(inputs[name], array), name);
  const { features } = nextItemInputs(createUniSRec(4, { featureSize: 6 }), shape);
  assert.deepEqual(features, { shape: [4, 6], type: "float32" });
});

Deno.test("the loss is the mean over the batch's predictions of −log softmax at the next item", async () => {
  // an encoder that says of each slot just which item it holds: item i likes item i + 1 best
  const scores = [[0, 3, 1, 1], [1, 0, 3, 1], [1, 1, 0, 3], [3, 1, 1, 0]];
  const model: SequenceModel = {
    ...createUniSRec(4),
    itemTable: () => tf.eye(4),
    encode: (_table, { items }) => tf.gather(tf.tensor2d(scores), items as tf.Tensor1D),
    asQueries: (sequences) => sequences,
    asCandidates: (table) => table,
  };
  const expected = batch.queries.slice(0, batch.instances).reduce((sum, slot, i) => {
    const row = scores[batch.items[slot]];
    const total = row.reduce((all, score) => all + Math.exp(score), 0);
    return sum + Math.log(total) - row[batch.targets[i]];
  }, 0) / batch.instances;
  for (const engine of Object.values(engines)) {
    const { loss } = await runOnce(
      engine,
      (inputs, noise) => nextItemLoss(model)({}, inputs, noise),
      nextItemInputs({ items: 4, featureSize: null }, shape),
      batchArrays(batch),
    );
    assert.ok(Math.abs(loss[0] - expected) < 1e-6, `expected ${expected}, found ${loss[0]}`);
  }
});
