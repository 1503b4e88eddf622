import assert from "node:assert/strict";
import { assertResult, randomFloats } from "../../../tests/check_gradients.ts";
import { createZesRec } from "./model.ts";

Deno.test("ZESRec has two linear layers and the encoder, whatever the number of items", () => {
  const model = createZesRec(1000);
  assert.equal(model.name, "ZESRec");
  assert.equal(model.featureSize, 768);
  assert.deepEqual(model.parameters["projection.inner.kernel"].shape, [768, 300]);
  assert.deepEqual(model.parameters["projection.outer.kernel"].shape, [300, 300]);
  assert.ok(!("items.embedding" in model.parameters));
  assert.deepEqual(createZesRec(7).parameters, model.parameters);
});

Deno.test("an item is a linear function of its features", () => {
  const model = createZesRec(3, { hiddenSize: 4, featureSize: 5 });
  const names = ["projection.inner", "projection.outer"];
  const variables = Object.fromEntries(
    names.flatMap((layer) => [`${layer}.kernel`, `${layer}.bias`])
      .map((name, i) => [name, randomFloats([...model.parameters[name].shape], i)]),
  );
  const features = randomFloats([3, 5], 7);
  const apply = (rows: number[][], layer: string) => {
    const kernel = variables[`${layer}.kernel`].values, bias = variables[`${layer}.bias`].values;
    return rows.map((row) =>
      Array.from(
        bias,
        (start, column) => row.reduce((sum, x, i) => sum + x * kernel[i * bias.length + column], start),
      )
    );
  };
  const rows = [0, 1, 2].map((item) => Array.from(features.values.subarray(5 * item, 5 * item + 5)));
  return assertResult({
    variables,
    constants: { features },
    compute: (inputs) => model.itemTable(inputs, inputs.features, null),
  }, names.reduce(apply, rows).flat());
});

Deno.test("ZESRec refuses sizes it cannot have", () => {
  assert.throws(() => createZesRec(0), { name: "ParameterError", message: /^items: .* found 0/ });
  assert.throws(() => createZesRec(10, { featureSize: 0 }), {
    name: "ParameterError",
    message: /^featureSize: /,
  });
});
