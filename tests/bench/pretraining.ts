// Pre-training steps on Games, Instruments and Pantry (hidden size 300, 8 experts, 2,048 instances), beside the fastest
// matrix product that the engine does in the same run:
//   UNISREC_DATA=… deno run -A tests/bench/pretraining.ts [steps]
// The processor time is said too: it hardly depends on what else the machine does.
import * as tf from "@tensorflow/tfjs";
import process from "node:process";
import { loadDomain } from "../../lib/data/profile.ts";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import { createGenerator, normals } from "../../lib/random.ts";
import { joinDomains } from "../../lib/training/joined/joined_domains.ts";
import { createPretrainingBatches } from "../../lib/systems/unisrec/batches.ts";
import { defaultTasks, pretrainingLoss } from "../../lib/systems/unisrec/loss.ts";
import { createTrainer, initialState } from "../../lib/training/trainer.ts";
import { median } from "./median.ts";
import { pretrainingFlops } from "./useful_flops.ts";

const steps = Number(Deno.args[0] ?? 40);
const warmUp = 3;
const batchSize = 2048;
const engine = createOnnxEngine();

const size = 2048;
const spec = { shape: [size, size], type: "float32" } as const;
const product = await engine.compile(({ a, b }) => ({ c: tf.matMul(a, b) }), { a: spec, b: spec });
const [a, b] = [1, 2].map((seed) => normals(createGenerator(seed), size * size));

/** The fastest of a few products, in operations per second. */
async function measurePeak(): Promise<number> {
  let fastest = Infinity;
  for (let round = 0; round < 6; round++) {
    const start = performance.now();
    await product.run({ a, b });
    fastest = Math.min(fastest, (performance.now() - start) / 1000);
  }
  return 2 * size ** 3 / fastest;
}

const sources = await Promise.all(["Games", "Instruments", "Pantry"].map((name) => loadDomain(name)));
const joined = joinDomains(sources);
const model = createUniSRec(joined.firstItems.at(-1)!);
const batches = createPretrainingBatches(joined, batchSize, model.maxLength);
const generator = createGenerator(1);
const trainer = await createTrainer(
  engine,
  {
    loss: pretrainingLoss(model, defaultTasks, joined.names),
    parameters: model.parameters,
    inputs: batches.inputs,
  },
  initialState(model.parameters, initialiseParameters(model.parameters, generator)),
);

let peak = await measurePeak();
const measured: { instances: number; processor: number; flops: number }[] = [];
for (const [at, batch] of batches.batches(generator).slice(0, warmUp + steps).entries()) {
  const start = performance.now(), before = process.cpuUsage();
  const arrays = batch.arrays(generator);
  await trainer.step(arrays, 1e-3, generator);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  if (at < warmUp) continue;
  const views = ["", "augmented/"].map((prefix) => ({
    positions: arrays[`${prefix}positions`] as Int32Array,
    segments: arrays[`${prefix}segments`] as Int32Array,
  }));
  const items = new Set([...arrays.items, ...arrays.targets]).size;
  measured.push({
    instances: batch.instances / seconds,
    processor: (user + system) / 1e6 / batch.instances * 1000,
    flops: pretrainingFlops(model, views, batch.instances, items) / seconds,
  });
}
peak = Math.max(peak, await measurePeak());

const middle = (of: keyof typeof measured[number]) => median(measured.map((step) => step[of]));
console.log(`fastest matrix product: ${(peak / 1e9).toFixed(0)} GFLOP/s`);
console.log(
  `pre-training, median of ${steps} steps: ${middle("instances").toFixed(0)} instances/s, ` +
    `${middle("processor").toFixed(3)} CPU-seconds per 1,000 instances, ` +
    `${(middle("flops") / 1e9).toFixed(0)} useful GFLOP/s, utilisation ${
      (100 * middle("flops") / peak).toFixed(0)
    } %`,
);
