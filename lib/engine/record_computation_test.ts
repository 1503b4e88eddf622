import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { recordComputation } from "./record_computation.ts";

Deno.test("a recording lists the outputs, and the noise that became further inputs", async () => {
  const { graph, noise, outputs } = await recordComputation(
    ({ x }, source) => ({
      kept: tf.mul(x, source.dropoutMask([2, 3], 0.25)),
      moved: tf.add(x, source.normal([3])),
    }),
    { x: { shape: [2, 3], type: "float32" } },
    "cpu",
  );
  assert.deepEqual([...graph.inputs.keys()], ["x", "noise/0", "noise/1"]);
  assert.deepEqual(noise, [
    { name: "noise/0", kind: "keep", shape: [2, 3], type: "uint8", keepProbability: 0.75 },
    { name: "noise/1", kind: "normal", shape: [3], type: "float32" },
  ]);
  const spec = { shape: [2, 3], type: "float32" };
  assert.deepEqual(outputs, { kept: spec, moved: spec });
});
