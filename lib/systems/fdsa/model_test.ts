import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import { assertResult, randomFloats } from "../../../tests/check_gradients.ts";
import { createFdsa } from "./model.ts";
import { createSasRec } from "../sasrec/model.ts";

Deno.test("FDSA has two encoders of SASRec's size, one position embedding and one norm for both", () => {
  const { parameters } = createFdsa(1000);
  const sasrec = createSasRec(1000).parameters;
  for (const [name, spec] of Object.entries(sasrec)) {
    const names = name.startsWith("encoder.")
      ? ["itemEncoder", "featureEncoder"].map((encoder) => name.replace("encoder", encoder))
      : [name];
    for (const ours of names) assert.deepEqual(parameters[ours], spec, ours);
  }
  const added = Object.keys(parameters).filter((name) => !(name in sasrec) && !name.includes("Encoder."));
  assert.deepEqual(added, ["features.kernel", "features.bias", "output.kernel", "output.bias"]);
  assert.deepEqual(parameters["features.kernel"].shape, [768, 300]);
  assert.deepEqual(parameters["output.kernel"].shape, [600, 300]);
});

Deno.test("an item enters as its ID embedding beside its features, and is scored by the embedding alone", async () => {
  const model = createFdsa(3, { hiddenSize: 2, featureSize: 4 });
  const variables = {
    embedding: randomFloats([3, 2], 1),
    features: randomFloats([3, 4], 2),
    kernel: randomFloats([4, 2], 3),
    bias: randomFloats([2], 4),
  };
  const { embedding, features, kernel, bias } = variables;
  const table = [0, 1, 2].flatMap((item) => [
    ...embedding.values.subarray(2 * item, 2 * item + 2),
    ...[0, 1].map((column) =>
      Math.max(
        0,
        [0, 1, 2, 3].reduce(
          (sum, i) => sum + features.values[4 * item + i] * kernel.values[2 * i + column],
          bias.values[column],
        ),
      )
    ),
  ]);
  assert.ok(table.includes(0) && table.filter((value) => value === 0).length < 6, "the ReLU cuts some");
  const tableOf = ({ embedding, features, kernel, bias }: Record<string, tf.Tensor>) => {
    const parameters = { "items.embedding": embedding, "features.kernel": kernel, "features.bias": bias };
    return model.itemTable(parameters, features, null);
  };
  await assertResult({ variables, compute: tableOf }, table);
  await assertResult({
    variables,
    compute: (inputs) => model.asCandidates(tableOf(inputs), {}),
  }, embedding.values);
});

Deno.test("FDSA refuses sizes it cannot have", () => {
  assert.throws(() => createFdsa(10, { heads: 7 }), { name: "ParameterError", message: /^hiddenSize: / });
  for (const featureSize of [0, 1.5, undefined]) {
    assert.throws(() => createFdsa(10, { featureSize }), {
      name: "ParameterError",
      message: /^featureSize: /,
    });
  }
});
