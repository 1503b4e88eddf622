import assert from "node:assert/strict";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { adaptorSpecs, defaultAdaptorConfig } from "../../nn/moe_adaptor.ts";
import { createGenerator, normals } from "../../random.ts";
import { adaptedItems, meanGates, singleExpert } from "./adapted_items.ts";

const engine = createOnnxEngine({ threads: 1 });
const [featureSize, hiddenSize, experts, rows] = [6, 4, 3, 5];
const generator = createGenerator(3);
const features = { values: normals(generator, rows * featureSize), rows, width: featureSize };

for (const whitening of ["parametric", "linear"] as const) {
  const config = {
    ...defaultAdaptorConfig,
    featureSize,
    experts,
    whitening,
    gateNoise: whitening === "linear",
  };
  const parameters = Object.fromEntries(
    Object.entries(adaptorSpecs(config, hiddenSize)).map((
      [name, { shape }],
    ) => [name, normals(generator, shape.reduce((size, extent) => size * extent, 1))]),
  );

  Deno.test(`items are the experts' ${whitening} whitening, weighted by the gates`, async () => {
    const { items, gates } = await adaptedItems(engine, parameters, config, features);
    assert.deepEqual([items.rows, items.width, gates.rows, gates.width], [rows, hiddenSize, rows, experts]);
    const alone: Float32Array[] = [];
    for (let expert = 0; expert < experts; expert++) {
      const one = singleExpert(parameters, config, expert);
      const { items } = await adaptedItems(engine, one, { ...config, experts: 1 }, features);
      alone.push(items.values);
    }
    items.values.forEach((value, at) => {
      const row = Math.floor(at / hiddenSize);
      const mixed = alone.reduce(
        (sum, values, expert) => sum + gates.values[row * experts + expert] * values[at],
        0,
      );
      assert.ok(Math.abs(value - mixed) < 1e-4);
    });
    // and one number of one expert by hand
    const [kernel, bias] = [parameters["adaptor.experts.kernel"], parameters["adaptor.experts.bias"]];
    let product = whitening === "linear" ? -bias[hiddenSize + 2] : 0; // expert 1, column 2
    for (let i = 0; i < featureSize; i++) {
      const value = features.values[i] - (whitening === "parametric" ? bias[featureSize + i] : 0);
      product += value * kernel[i * experts * hiddenSize + hiddenSize + 2];
    }
    assert.ok(Math.abs(alone[1][2] - product) < 1e-4);
  });

  Deno.test(`mean gates of ${whitening} whitening are means over the items`, async () => {
    const adapted = await adaptedItems(engine, parameters, config, features);
    const means = meanGates(adapted);
    assert.ok(Math.abs(means.reduce((sum, mean) => sum + mean) - 1) < 1e-6);
    const first = Array.from({ length: rows }, (_, row) => adapted.gates.values[row * experts]);
    assert.ok(Math.abs(means[0] - first.reduce((sum, gate) => sum + gate) / rows) < 1e-6);
  });

  Deno.test(`features and parameters that do not belong together are refused (${whitening})`, async () => {
    await assert.rejects(adaptedItems(engine, parameters, config, { ...features, rows: 6, width: 5 }), {
      name: "DataError",
      message: /text features: expected 6 numbers per item.* found 5/,
    });
    await assert.rejects(adaptedItems(engine, parameters, { ...config, experts: 2 }, features), {
      name: "CheckpointError",
    });
    await assert.rejects(adaptedItems(engine, {}, config, features), {
      name: "CheckpointError",
      message: /adaptor\.experts\.kernel/,
    });
  });
}
