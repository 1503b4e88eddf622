import assert from "node:assert/strict";
import { fakeTensorflow } from "../../tests/fake_tensorflow.ts";
import { EngineError, ParameterError } from "../errors.ts";
import { chooseEngine, engineNames } from "./choose_engine.ts";
import { loadTensorflow } from "./tensorflow.ts";
import { webgpuProblem } from "./webgpu.ts";

const broken = () => Promise.reject(new Error("no such library\n at some place"));

// the real package loads only where its native library is installed
const realProblem = await loadTensorflow().then(() => null, (error: Error) => error);
const noAdapter = await webgpuProblem();

Deno.test("auto takes TensorFlow when it has a GPU", async () => {
  const engine = await chooseEngine("auto", { loadTensorflow: fakeTensorflow(true) });
  assert.equal(engine.name, "tfjs-tensorflow");
  assert.match(engine.description, /found a GPU\.$/);
});

Deno.test("auto takes ONNX Runtime on the CPU when TensorFlow has no GPU", async () => {
  const engine = await chooseEngine("auto", { loadTensorflow: fakeTensorflow(false) });
  assert.equal(engine.name, "onnx-cpu");
  assert.match(engine.description, /found no GPU\.$/);
});

Deno.test("auto says in one line why TensorFlow could not be loaded", async () => {
  const engine = await chooseEngine("auto", { loadTensorflow: broken });
  assert.equal(engine.name, "onnx-cpu");
  assert.match(engine.description, /because tfjs-node-gpu cannot be used: no such library\.$/);
});

Deno.test({
  name: "the real tfjs-node-gpu, where it does not load, leads to ONNX Runtime",
  ignore: realProblem === null,
  async fn() {
    const engine = await chooseEngine();
    assert.equal(engine.name, "onnx-cpu");
    assert.match(engine.description, /^[^\n]+because tfjs-node-gpu cannot be used: [^\n]+\.$/);
  },
});

Deno.test("TensorFlow asked for by name is taken, GPU or not", async () => {
  for (const gpu of [true, false]) {
    const engine = await chooseEngine("tensorflow", { loadTensorflow: fakeTensorflow(gpu) });
    assert.equal(engine.name, "tfjs-tensorflow");
  }
});

Deno.test("TensorFlow asked for by name but not there is an error that says what to do", async () => {
  await assert.rejects(chooseEngine("tensorflow", { loadTensorflow: broken }), (error) => {
    assert.ok(error instanceof EngineError);
    assert.match(error.message, /no such library\. .*use engine "onnx-cpu"/);
    return true;
  });
});

Deno.test({
  name: "WebGPU asked for by name without an adapter is an error that says what to do",
  ignore: noAdapter === null,
  async fn() {
    await assert.rejects(chooseEngine("onnx-webgpu"), (error) => {
      assert.ok(error instanceof EngineError);
      assert.match(error.message, /adapter.*use engine "onnx-cpu"/);
      return true;
    });
  },
});

Deno.test("every other engine is the one asked for", async () => {
  for (const name of ["onnx-cpu", "tfjs-cpu"]) assert.equal((await chooseEngine(name)).name, name);
});

Deno.test("an unknown name is refused with the list of names", async () => {
  await assert.rejects(chooseEngine("cuda"), (error) => {
    assert.ok(error instanceof ParameterError);
    assert.deepEqual([error.problem.where, error.problem.found], ["engineName", "cuda"]);
    for (const name of engineNames) assert.ok(error.problem.expected.includes(name), name);
    return true;
  });
});
