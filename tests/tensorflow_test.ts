// Training through tfjs-node-gpu; without its native library tfjs's own "cpu" back-end stands in for it.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { chooseEngine } from "../lib/engine/choose_engine.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { loadTensorflow, tensorflowName } from "../lib/engine/tensorflow.ts";
import { createSasRec } from "../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../lib/systems/unisrec/model.ts";
import { fakeTensorflow } from "./fake_tensorflow.ts";
import { assertClose } from "./golden.ts";
import { startSyntheticTraining } from "./synthetic_training.ts";

// the package registers its kernels before it looks for its native library
const loads = await loadTensorflow().then(() => true, () => false);
const kernels = new Set(tf.getKernelsForBackend(tensorflowName).map(({ kernelName }) => kernelName));
const loaders = { loadTensorflow: loads ? loadTensorflow : fakeTensorflow(false) };
const which = loads ? "TensorFlow" : "a stand-in for TensorFlow (its library is not installed)";

const sizes = { hiddenSize: 16, innerSize: 24, maxLength: 10 };
const models = [
  createSasRec(200, sizes),
  createUniSRec(200, { ...sizes, featureSize: 32, setting: "transductive" }),
];
const shape = { rows: 4, length: 10, capacity: 20 };

for (const model of models) {
  Deno.test(`tfjs-node-gpu has every kernel that a training step of ${model.name} calls`, async () => {
    const { step } = await startSyntheticTraining(await chooseEngine("tfjs-cpu"), model, shape);
    const { kernelNames } = await tf.profile(async () => {
      await step();
      return [];
    });
    assert.ok(kernelNames.includes("BatchMatMul"), "kernels were listed");
    // the list also holds names of composed operations
    const called = kernelNames.filter((name) => tf.getKernel(name, "cpu"));
    assert.deepEqual(called.filter((name) => !kernels.has(name)), []);
  });

  Deno.test(`${model.name} trains on ${which} as on ONNX Runtime`, async () => {
    const engine = await chooseEngine("tensorflow", loaders);
    assert.equal(engine.name, "tfjs-tensorflow");
    const eager = await startSyntheticTraining(engine, model, shape);
    const compiled = await startSyntheticTraining(createOnnxEngine(), model, shape);
    for (let step = 0; step < 3; step++) {
      assertClose([await eager.step()], [await compiled.step()], `loss of step ${step}`);
    }
    await compiled.trainer.release();
  });
}
