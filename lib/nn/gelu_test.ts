import * as tf from "@tensorflow/tfjs";
import { assertGradients, assertResult, floats } from "../../tests/check_gradients.ts";
import { gelu } from "./gelu.ts";

const places = [-30, -6, -3, -1.5, -0.7, -0.1, 0, 0.1, 0.7, 1.5, 3, 6, 30];
const point = {
  variables: { x: floats([places.length], places) },
  compute: ({ x }: Record<string, tf.Tensor>) => gelu(x),
};

/** The normal distribution function, by Simpson's rule. */
function normalDistribution(x: number): number {
  const steps = 2000;
  const width = x / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-0.5 * (i * width) ** 2);
  }
  return 0.5 + sum * width / 3 / Math.sqrt(2 * Math.PI);
}

Deno.test("gelu is x times the normal distribution function of x", () =>
  assertResult(point, places.map((x) => x * normalDistribution(x))));

Deno.test("gelu's gradient equals central differences and tfjs's own", () =>
  assertGradients(
    point,
    ({ x }) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  ));
