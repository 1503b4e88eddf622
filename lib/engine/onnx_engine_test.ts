import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { runOnce } from "../../tests/compare_engines.ts";
import { createOnnxEngine } from "./onnx_engine.ts";
import { asTensor, emit, recordingFor } from "./recorder.ts";

const spec = { shape: [3], type: "float32" } as const;

Deno.test("the engine says where it runs, and with how many threads", () => {
  const engine = createOnnxEngine({ threads: 3 });
  assert.equal(engine.name, "onnx-cpu");
  assert.match(engine.description, /run by ONNX Runtime on the CPU with 3 threads\.$/);
  assert.match(createOnnxEngine({ threads: 1 }).description, /with 1 thread\.$/);
  assert.equal(createOnnxEngine({ platform: "webgpu" }).name, "onnx-webgpu");
});

Deno.test("what is too small to be divided gives the same numbers with any number of threads", async () => {
  const compute = ({ x }: Record<string, tf.Tensor>) => ({ y: tf.softmax(x) });
  const arrays = { x: Float32Array.of(1, 2, 3) };
  const one = await runOnce(createOnnxEngine({ threads: 1 }), compute, { x: spec }, arrays);
  const three = await runOnce(createOnnxEngine({ threads: 3 }), compute, { x: spec }, arrays);
  assert.deepEqual(one, three);
});

Deno.test("a graph that ONNX Runtime does not accept is an error that says so", async () => {
  const noSuchOperator = createOnnxEngine().compile(
    ({ x }) => ({ y: recordingFor() ? asTensor(emit("NoSuchOperator", [x], spec.shape, spec.type)) : x }),
    { x: spec },
  );
  await assert.rejects(noSuchOperator, {
    name: "EngineError",
    message: /^ONNX Runtime \(cpu\): expected a session for the recorded graph, but found .*NoSuchOperator/,
  });
});
