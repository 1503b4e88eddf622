import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  assertGradients,
  assertResult,
  derive,
  floats,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { engines } from "../../tests/compare_engines.ts";
import { layerNorm, layerNormSpecs } from "./layer_norm.ts";

const compute: Point["compute"] = ({ x, gain, bias }) =>
  layerNorm(x, { "some.norm.gain": gain, "some.norm.bias": bias }, "some.norm");

const variables = {
  x: randomFloats([3, 5]),
  gain: randomFloats([5], 2),
  bias: randomFloats([5], 3),
};

Deno.test("layer norm gives rows of mean 0 and variance 1, scaled and shifted", async () => {
  const { x, gain, bias } = variables;
  const expected = Array.from({ length: 3 }, (_, row) => {
    const values = Array.from(x.values.subarray(5 * row, 5 * row + 5));
    const mean = values.reduce((sum, value) => sum + value) / 5;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5;
    return values.map((value, i) => (value - mean) / Math.sqrt(variance) * gain.values[i] + bias.values[i]);
  });
  await assertResult({ variables, compute }, expected.flat());
});

Deno.test("layer norm's gradients equal central differences and tfjs's own", () =>
  assertGradients({ variables, compute }, ({ x, gain, bias }) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-12))), gain), bias);
  }));

Deno.test("a row of equal numbers becomes the bias, with finite gradients", async () => {
  const { gain, bias } = variables;
  const point = { variables: { x: floats([1, 5], [2, 2, 2, 2, 2]), gain, bias }, compute };
  await assertResult(point, bias.values);
  for (const engine of Object.values(engines)) {
    for (const values of Object.values(await derive(point, engine))) {
      assert.ok(values.every(Number.isFinite));
    }
  }
});

Deno.test("layer norm starts as the identity on normalised rows", () => {
  assert.deepEqual(layerNormSpecs("a", 7), {
    "a.gain": { shape: [7], initial: "ones" },
    "a.bias": { shape: [7], initial: "zeros" },
  });
});
