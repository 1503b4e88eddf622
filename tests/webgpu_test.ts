// ONNX Runtime on WebGPU against ONNX Runtime on the CPU; the parity tests compare it with the reference as well.
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { ArraySpec } from "../lib/engine/array_spec.ts";
import type { Computation } from "../lib/engine/program.ts";
import { asTensor, emit, recordingFor } from "../lib/engine/recorder.ts";
import { chooseEngine } from "../lib/engine/choose_engine.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { webgpuProblem } from "../lib/engine/webgpu.ts";
import { createSasRec } from "../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../lib/systems/unisrec/model.ts";
import { trainModel } from "../lib/systems/neural/train_model.ts";
import { assertAllClose, assertClose } from "./golden.ts";
import { smallDomain } from "./small_domain.ts";
import { startSyntheticTraining } from "./synthetic_training.ts";

const problem = await webgpuProblem();
const unless = problem === null ? "" : ` (ignored: ${problem})`;

/** More items than the recorder sums up with a matrix product, and dropout on. */
const sizes = { hiddenSize: 32, innerSize: 48, maxLength: 10 };
const models = [
  createSasRec(300, sizes),
  createUniSRec(300, { ...sizes, featureSize: 64, setting: "transductive" }),
];
const shape = { rows: 6, length: 10, capacity: 40 };

Deno.test({
  name:
    `a training on drawn items, whose rows are written where they lie, loses on WebGPU what it loses on the CPU${unless}`,
  ignore: problem !== null,
  async fn() {
    const domain = smallDomain({ items: 300, users: 60, featureSize: 64 });
    const negatives = { by: "popularity", count: 20 } as const;
    const options = { batchSize: 40, epochs: 2, patience: 2, seed: 1, negatives };
    const [gpu, cpu] = [
      await trainModel(await chooseEngine("onnx-webgpu"), models[1], domain, options),
      await trainModel(createOnnxEngine(), models[1], domain, options),
    ];
    gpu.curve.forEach(({ loss }, epoch) =>
      assertClose([loss], [cpu.curve[epoch].loss], `loss of epoch ${epoch}`)
    );
  },
});

for (const model of models) {
  Deno.test({
    name: `${model.name} trains on WebGPU as on the CPU, dropout and gate noise included${unless}`,
    ignore: problem !== null,
    async fn() {
      const [gpu, cpu] = [
        await startSyntheticTraining(await chooseEngine("onnx-webgpu"), model, shape),
        await startSyntheticTraining(createOnnxEngine(), model, shape),
      ];
      for (let step = 0; step < 3; step++) {
        assertClose([await gpu.step()], [await cpu.step()], `loss of step ${step}`);
      }
      // Adam's first moments are gradients. That of a key's bias is 0 in exact arithmetic: what is left is rounding
      const { first } = await cpu.trainer.readState();
      const meaningful = Object.entries(first).filter(([name]) => !name.endsWith("key.bias"));
      assertAllClose(
        (await gpu.trainer.readState()).first,
        Object.fromEntries(meaningful),
        "first moment",
        1e-3,
      );
      await gpu.trainer.release();
      await cpu.trainer.release();
    },
  });
}

Deno.test({
  name: `an operator that WebGPU does not have is an error, not a detour over the CPU${unless}`,
  ignore: problem !== null,
  async fn() {
    const spec: ArraySpec = { shape: [2], type: "float32" };
    const computation: Computation = ({ x }) => {
      const positive = tf.greater(x, 0);
      const either = recordingFor() ? asTensor(emit("Or", [positive, positive], [2], "bool")) : positive;
      return { y: tf.cast(either, "int32") };
    };
    await assert.rejects(createOnnxEngine({ platform: "webgpu" }).compile(computation, { x: spec }), {
      name: "EngineError",
      message: /fallback to CPU EP has been explicitly disabled/,
    });
  },
});
