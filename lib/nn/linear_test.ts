import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  assertGradients,
  assertResult,
  floats,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { linear, linearSpecs } from "./linear.ts";

const compute: Point["compute"] = ({ x, kernel, bias }) =>
  linear(x, { "some.layer.kernel": kernel, "some.layer.bias": bias }, "some.layer");

Deno.test("a linear layer is x · kernel + bias", () =>
  assertResult({
    variables: {
      x: floats([2, 3], [1, 2, 3, 4, 5, 6]),
      kernel: floats([3, 2], [1, 0, 0, 1, 1, 1]),
      bias: floats([2], [10, 20]),
    },
    compute,
  }, [14, 25, 20, 31]));

Deno.test("a linear layer's gradients equal central differences and tfjs's own", () =>
  assertGradients(
    {
      variables: { x: randomFloats([3, 4]), kernel: randomFloats([4, 2], 2), bias: randomFloats([2], 3) },
      compute,
    },
    ({ x, kernel, bias }) => tf.add(tf.matMul(x, kernel), bias),
  ));

Deno.test("a linear layer's parameters have its name and sizes", () => {
  assert.deepEqual(linearSpecs("a.b", 3, 2), {
    "a.b.kernel": { shape: [3, 2], initial: "normal" },
    "a.b.bias": { shape: [2], initial: "zeros" },
  });
});
