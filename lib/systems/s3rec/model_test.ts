import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { engines, runOnce } from "../../../tests/compare_engines.ts";
import { initialiseParameters } from "../../nn/parameters.ts";
import { createGenerator } from "../../random.ts";
import { createS3Rec, createS3RecPretraining } from "./model.ts";
import { createSasRec } from "../sasrec/model.ts";

const config = { hiddenSize: 4, innerSize: 5, maxLength: 3, dropout: 0 };

Deno.test("S3-Rec is fine-tuned as SASRec, and pre-training has all its parameters", () => {
  const model = createS3Rec(7, config);
  assert.equal(model.name, "S3-Rec");
  assert.deepEqual(model.parameters, createSasRec(7, config).parameters);
  assert.deepEqual(model.config, createSasRec(7, config).config);
  const { parameters } = createS3RecPretraining(7, 6, config);
  for (const [name, spec] of Object.entries(model.parameters)) assert.deepEqual(parameters[name], spec);
  assert.deepEqual(parameters["mask.embedding"].shape, [1, 4]);
  assert.deepEqual(parameters["attributes.kernel"].shape, [6, 4]);
  assert.deepEqual(parameters["segment.kernel"].shape, [4, 4]);
});

Deno.test("in pre-training an item sees those after it, the mask stands behind the items, ReLU cuts attributes", async () => {
  const model = createS3RecPretraining(7, 6, config);
  const parameters = initialiseParameters(model.parameters, createGenerator(3));
  const compute = (last: number) =>
    runOnce(
      engines.compiled,
      () => {
        const tensors = Object.fromEntries(
          Object.entries(model.parameters).map((
            [name, { shape }],
          ) => [name, tf.tensor(parameters[name] as Float32Array, [...shape])]),
        );
        const table = model.itemTable(tensors);
        const input = {
          items: tf.tensor1d([7, 2, last], "int32"),
          positions: tf.tensor1d([0, 1, 2], "int32"),
          segments: tf.tensor1d([0, 0, 0], "int32"),
        };
        const features = tf.tensor(Float32Array.from({ length: 42 }, (_, i) => Math.sin(i)), [7, 6]);
        return {
          table,
          encoded: model.encode(table, input, tensors, null),
          attributes: model.attributeTable(features, tensors),
        };
      },
      {},
      {},
    );
  const [one, other] = [await compute(1), await compute(5)];
  assert.deepEqual(one.table.slice(-4), parameters["mask.embedding"]);
  assert.notDeepEqual(one.encoded.slice(0, 4), other.encoded.slice(0, 4));
  assert.equal(one.attributes.length, 7 * 4);
  assert.ok(one.attributes.every((value) => value >= 0) && one.attributes.some((value) => value > 0));
});

Deno.test("S3-Rec refuses sizes it cannot have", () => {
  assert.throws(() => createS3Rec(10, { heads: 7 }), { name: "ParameterError", message: /^hiddenSize: / });
  assert.throws(() => createS3RecPretraining(0, 6), { name: "ParameterError", message: /^items: / });
});
