// Trains on random data with ONNX Runtime on the CPU and on WebGPU, with the same noise, and prints losses and speed.
//
//   deno run -A tests/gpu/measure_webgpu.ts [steps] [hidden size] [predictions per step]
import { chooseEngine } from "../../lib/engine/choose_engine.ts";
import type { SequenceModel } from "../../lib/nn/sequence_model.ts";
import { createSasRec } from "../../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";
import { startSyntheticTraining } from "../synthetic_training.ts";
import { watchUtilisation } from "./utilisation.ts";

const [steps, hiddenSize, capacity] = [40, 300, 2048].map((preset, i) => Number(Deno.args[i] ?? preset));
/** As many items as the data set Scientific has. */
const items = 4385;
/** The first steps compile shaders and fill caches: they are not timed. */
const warmUp = 3;
const shape = { rows: Math.ceil(capacity / 50), length: 50, capacity };

interface Measurement {
  losses: number[];
  instancesPerSecond: number;
  utilisation: number[] | null;
}

async function measure(engineName: string, model: SequenceModel): Promise<Measurement> {
  const { trainer, step } = await startSyntheticTraining(await chooseEngine(engineName), model, shape);
  const losses: number[] = [];
  for (let i = 0; i < warmUp; i++) losses.push(await step());
  const watch = watchUtilisation();
  const start = performance.now();
  for (let i = 0; i < steps; i++) losses.push(await step());
  const seconds = (performance.now() - start) / 1000;
  const utilisation = await watch.stop();
  await trainer.release();
  return { losses, instancesPerSecond: steps * capacity / seconds, utilisation };
}

function describe(samples: number[] | null): string {
  if (samples === null || samples.length === 0) return "GPU utilisation unknown (no nvidia-smi)";
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return `GPU utilisation ${mean.toFixed(0)} % on average, ${Math.max(...samples)} % at most`;
}

const config = { hiddenSize };
for (
  const model of [createSasRec(items, config), createUniSRec(items, { ...config, setting: "transductive" })]
) {
  console.log(
    `${model.name}, hidden size ${hiddenSize}, ${items} items, ${capacity} instances a step, ${steps} steps`,
  );
  const results: Measurement[] = [];
  for (const engine of ["onnx-cpu", "onnx-webgpu"]) {
    const result = await measure(engine, model);
    results.push(result);
    const { losses, instancesPerSecond, utilisation } = result;
    console.log(`  ${engine}: ${Math.round(instancesPerSecond)} instances/s, ${describe(utilisation)}`);
    console.log(
      `    losses ${[0, 1, 2, losses.length - 1].map((i) => losses[i].toFixed(5)).join(", ")} (last)`,
    );
  }
  const [cpu, webgpu] = results;
  const differences = cpu.losses.map((loss, i) => Math.abs(webgpu.losses[i] / loss - 1));
  console.log(`  losses differ by at most ${Math.max(...differences).toExponential(1)} (relative)`);
}
