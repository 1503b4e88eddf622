import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { peakMemory } from "./peak_memory.ts";
import { recordComputation } from "./record_computation.ts";
import type { Computation } from "./program.ts";

/** The peak of a computation on one vector of 1,000 numbers, in vectors of that size. */
async function vectorsOf(computation: Computation): Promise<number> {
  const { graph } = await recordComputation(computation, { x: { shape: [1000], type: "float32" } }, "cpu");
  return peakMemory(graph) / 4000;
}

Deno.test("arrays count from when they are made to their last use, inputs all the time", async () => {
  assert.equal(await vectorsOf(({ x }) => ({ y: tf.exp(x) })), 2);
  // of a chain only two links lie there at once, beside the input
  assert.equal(await vectorsOf(({ x }) => ({ y: tf.exp(tf.tanh(tf.exp(tf.tanh(x)))) })), 3);
  // the first result is kept to the end
  const kept = await vectorsOf(({ x }) => {
    const first = tf.tanh(x);
    return { y: tf.add(tf.exp(tf.tanh(tf.exp(first))), first) };
  });
  assert.equal(kept, 4);
  const outputs = await vectorsOf(({ x }) => ({ a: tf.tanh(x), b: tf.exp(x), c: tf.abs(x) }));
  assert.equal(outputs, 4);
});

Deno.test("what no output needs does not count, and a large product does", async () => {
  assert.equal(
    await vectorsOf((
      { x },
    ) => (tf.matMul(tf.reshape(x, [1000, 1]), tf.reshape(x, [1, 1000])), { y: tf.exp(x) })),
    2,
  );
  const product = await vectorsOf(({ x }) => ({
    y: tf.sum(tf.matMul(tf.reshape(x, [1000, 1]), tf.reshape(x, [1, 1000]))),
  }));
  assert.ok(product > 1000 && product < 1010, String(product));
});
