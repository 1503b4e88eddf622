// ONNX Runtime on WebGPU against ONNX Runtime on the CPU; the parity tests compare it with the reference as well.
import assert from "node:assert/strict";
import * as ort from "onnxruntime-node";
import { chooseEngine } from "../lib/engine/choose_engine.ts";
import { encodeModel } from "../lib/engine/graph.ts";
import { createOnnxEngine } from "../lib/engine/onnx_engine.ts";
import { recordComputation } from "../lib/engine/record_computation.ts";
import { webgpuProblem } from "../lib/engine/webgpu.ts";
import { createSasRec } from "../lib/models/sasrec.ts";
import { createUniSRec } from "../lib/models/unisrec.ts";
import { stepInputs, trainableNames, trainingStep } from "../lib/training/step.ts";
import { assertAllClose, assertClose } from "./golden.ts";
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

  Deno.test({
    name: `every operator of ${model.name}'s training step runs on WebGPU, none on the CPU${unless}`,
    ignore: problem !== null,
    async fn() {
      const { options, trainer } = await startSyntheticTraining(createOnnxEngine(), model, shape);
      await trainer.release();
      const trainable = trainableNames(model.parameters);
      const { graph } = await recordComputation(
        trainingStep(options.loss, model.parameters, trainable),
        stepInputs(model.parameters, trainable, options.inputs),
        "webgpu",
      );
      const session = await ort.InferenceSession.create(encodeModel(graph), {
        executionProviders: ["webgpu"],
        extra: { session: { disable_cpu_ep_fallback: "1" } },
      });
      assert.ok(session.outputNames.includes("output:loss"));
      await session.release();
    },
  });
}
