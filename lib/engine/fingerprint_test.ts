import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import type { ArraySpec } from "./array_spec.ts";
import { fingerprint, fingerprintComputation, fingerprintText } from "./fingerprint.ts";
import type { Computation } from "./program.ts";

const inputs: Record<string, ArraySpec> = {
  a: { shape: [2, 3], type: "float32" },
  b: { shape: [2, 3], type: "float32" },
};

const of = (computation: Computation) => fingerprintComputation(computation, inputs);

const sumOfProducts: Computation = ({ a, b }) => ({ loss: tf.sum(tf.add(tf.mul(a, b), tf.exp(a))) });

Deno.test("the same computation, written with other names and in another order, has the same fingerprint", async () => {
  const refactored: Computation = (given) => {
    const unused = tf.sub(given.a, given.b);
    tf.mul(unused, unused);
    const second = tf.exp(given.a); // recorded before the product here
    const first = tf.mul(given.a, given.b);
    return { loss: tf.sum(tf.add(first, second)) };
  };
  assert.equal(await of(refactored), await of(sumOfProducts));
});

Deno.test("a constant, an operator, an output, an input or a shape that differs gives another fingerprint", async () => {
  const known = await of(sumOfProducts);
  const others: Computation[] = [
    ({ a, b }) => ({ loss: tf.mul(3, tf.sum(tf.add(tf.mul(a, b), tf.exp(a)))) }),
    ({ a, b }) => ({ loss: tf.mul(4, tf.sum(tf.add(tf.mul(a, b), tf.exp(a)))) }),
    ({ a, b }) => ({ loss: tf.sum(tf.sub(tf.mul(a, b), tf.exp(a))) }),
    ({ a, b }) => ({ loss: tf.sum(tf.add(tf.mul(a, b), tf.exp(b))) }),
    ({ a, b }) => ({ loss: tf.sum(tf.add(tf.mul(a, b), tf.exp(a)), 0) }),
    ({ a, b }) => ({ loss: tf.sum(tf.add(tf.mul(a, b), tf.exp(a))), more: tf.sum(a) }),
    ({ a, b }) => ({ other: tf.sum(tf.add(tf.mul(a, b), tf.exp(a))) }),
    ({ a, b }, noise) => ({ loss: tf.sum(tf.add(tf.mul(a, b), tf.mul(noise.normal([2, 3]), a))) }),
  ];
  const found = await Promise.all(others.map(of));
  assert.equal(new Set([known, ...found]).size, others.length + 1);
  const wider = { a: { ...inputs.a, shape: [2, 4] }, b: { ...inputs.b, shape: [2, 4] } };
  assert.notEqual(await fingerprintComputation(sumOfProducts, wider), known);
});

Deno.test("arrays and texts have the fingerprint of what they hold", () => {
  const values = Float32Array.of(1, 2, 3);
  assert.equal(fingerprint(values.subarray(1)), fingerprint(Float32Array.of(2, 3)));
  assert.notEqual(fingerprint(values), fingerprint(Float32Array.of(1, 2, 4)));
  assert.notEqual(fingerprintText("dog"), fingerprintText("cat"));
});
