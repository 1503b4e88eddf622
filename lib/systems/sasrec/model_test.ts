import assert from "node:assert/strict";
import { countParameters } from "../../nn/parameters.ts";
import { createSasRec } from "./model.ts";

Deno.test("SASRec has an embedding per item and the encoder, with the reference's sizes", () => {
  const model = createSasRec(1000);
  assert.equal(model.name, "SASRec");
  assert.equal(model.featureSize, null);
  assert.deepEqual([model.items, model.hiddenSize, model.maxLength], [1000, 300, 50]);
  assert.deepEqual(model.parameters["items.embedding"], {
    shape: [1000, 300],
    initial: "normal",
    itemRows: 1000,
  });
  assert.deepEqual(model.parameters["positions.embedding"].shape, [50, 300]);
  const layer = 4 * (300 * 300 + 300) + (300 * 256 + 256) + (256 * 300 + 300) + 2 * 2 * 300;
  assert.equal(countParameters(model.parameters), 1000 * 300 + 50 * 300 + 2 * 300 + 2 * layer);
});

Deno.test("sizes that are set are used, the others stay", () => {
  const model = createSasRec(10, { hiddenSize: 8, layers: 3, maxLength: 7, heads: 4 });
  assert.deepEqual(model.parameters["items.embedding"].shape, [10, 8]);
  assert.deepEqual(model.parameters["positions.embedding"].shape, [7, 8]);
  assert.deepEqual(model.parameters["encoder.layers.2.feedForward.inner.kernel"].shape, [8, 256]);
  assert.ok(!("encoder.layers.3.feedForward.inner.kernel" in model.parameters));
});

Deno.test("SASRec refuses sizes it cannot have", () => {
  assert.throws(() => createSasRec(0), { name: "ParameterError", message: /^items: .* found 0/ });
  assert.throws(() => createSasRec(10, { heads: 7 }), { name: "ParameterError", message: /^hiddenSize: / });
});
