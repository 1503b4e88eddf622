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
import { normaliseRows } from "./normalise.ts";

const compute: Point["compute"] = ({ x }) => normaliseRows(x);

Deno.test("rows get length 1 and keep their direction, however long or short they were", () =>
  assertResult(
    { variables: { x: floats([4, 2], [3, 4, -3e-6, 4e-6, 3e8, 4e8, 0, -2]) }, compute },
    [0.6, 0.8, -0.6, 0.8, 0.6, 0.8, 0, -1],
  ));

Deno.test("the gradient of normalised rows equals central differences and tfjs's own", () =>
  assertGradients(
    { variables: { x: randomFloats([3, 4]) }, compute },
    ({ x }) => tf.div(x, tf.sqrt(tf.sum(tf.square(x), -1, true))),
  ));

Deno.test("a row of zeros stays one, with a finite gradient", async () => {
  for (const engine of Object.values(engines)) {
    const found = await derive({ variables: { x: floats([1, 3], [0, 0, 0]) }, compute }, engine);
    assert.deepEqual([...found.result], [0, 0, 0]);
    assert.ok(found["gradient/x"].every(Number.isFinite));
  }
});
