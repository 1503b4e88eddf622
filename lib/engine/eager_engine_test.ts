import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { runOnce } from "../../tests/compare_engines.ts";
import { createEagerEngine } from "./eager_engine.ts";

const spec = { shape: [2], type: "float32" } as const;

Deno.test("the engine runs on the asked back-end and leaves the selected one alone", async () => {
  tf.registerBackend("some-other", () => tf.findBackend("cpu"));
  tf.copyRegisteredKernels("cpu", "some-other");
  await tf.setBackend("cpu");
  const engine = createEagerEngine("some-other");
  assert.equal(engine.name, "tfjs-some-other");
  const used: string[] = [];
  const found = await runOnce(
    engine,
    ({ x }) => {
      used.push(tf.getBackend());
      return { y: tf.neg(x) };
    },
    { x: spec },
    { x: Float32Array.of(1, 2) },
  );
  assert.equal(used.at(-1), "some-other");
  assert.equal(tf.getBackend(), "cpu");
  assert.deepEqual(found.y, Float32Array.of(-1, -2));
});

Deno.test("no tensor outlives a run", async () => {
  const program = await createEagerEngine("cpu").compile(({ x }) => ({ y: tf.neg(tf.exp(x)) }), { x: spec });
  await program.run({ x: new Float32Array(2) });
  const { numTensors } = tf.memory();
  await program.run({ x: new Float32Array(2) });
  assert.equal(tf.memory().numTensors, numTensors);
});

Deno.test("bytes enter as integers", async () => {
  const { y } = await runOnce(
    createEagerEngine("cpu"),
    ({ x }) => ({ y: tf.add(tf.cast(x, "int32"), tf.scalar(1, "int32")) }),
    { x: { shape: [2], type: "uint8" } },
    { x: Uint8Array.of(0, 255) },
  );
  assert.deepEqual(y, Int32Array.of(1, 256));
});
