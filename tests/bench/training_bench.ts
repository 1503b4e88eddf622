// Training steps on Scientific, beside the fastest matrix product that the engine does in the same run:
//   UNISREC_DATA=… deno bench -P tests/bench/training_bench.ts
import * as tf from "@tensorflow/tfjs";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { createGenerator, normals } from "../../lib/random.ts";
import { median } from "./median.ts";
import { loadScientific, modelFor, type ScientificTraining, startTraining } from "./scientific.ts";
import { usefulFlops } from "./useful_flops.ts";

const size = 2048;
const productFlops = 2 * size ** 3;

/** Seconds that each matrix product took. */
const productSeconds: number[] = [];

/** Speeds of each step of a model. */
const speeds = new Map<string, { instances: number; flops: number }[]>();

const domain = await loadScientific();
if (domain) {
  const spec = { shape: [size, size], type: "float32" } as const;
  const product = await createOnnxEngine().compile(
    ({ a, b }) => ({ c: tf.matMul(a, b) }),
    { a: spec, b: spec },
  );
  const [a, b] = [1, 2].map((seed) => normals(createGenerator(seed), size * size));
  const c = new Float32Array(size * size);
  Deno.bench({
    name: `product of two ${size} × ${size} matrices`,
    n: 12,
    warmup: 2,
    async fn() {
      const start = performance.now();
      await product.run({ a, b }, { c });
      productSeconds.push((performance.now() - start) / 1000);
    },
  });

  for (const [kind, hiddenSize] of [["sasrec", 64], ["sasrec", 300], ["trans", 300]] as const) {
    const model = modelFor(domain, kind, hiddenSize);
    const name = `${model.name}, hidden size ${hiddenSize}`;
    const measured: { instances: number; flops: number }[] = [];
    speeds.set(name, measured);
    let training: ScientificTraining | null = null;
    let batches: ReturnType<ScientificTraining["shuffledBatches"]> = [];
    Deno.bench({
      name: `training step of ${name}`,
      n: 15,
      warmup: 3,
      async fn(bench) {
        // compiled in the warm-up, so that models which are not asked for take neither time nor memory
        training ??= await startTraining(domain, model);
        if (batches.length === 0) batches = training.shuffledBatches();
        const batch = batches.shift()!;
        bench.start();
        const start = performance.now();
        await training.step(batch);
        const seconds = (performance.now() - start) / 1000;
        bench.end();
        measured.push({ instances: batch.instances / seconds, flops: usefulFlops(model, batch) / seconds });
      },
    });
  }
}

globalThis.addEventListener("unload", () => {
  if (productSeconds.length === 0) return;
  const peak = productFlops / Math.min(...productSeconds);
  console.log(`\nfastest matrix product: ${(peak / 1e9).toFixed(0)} GFLOP/s`);
  for (const [name, measured] of speeds) {
    if (measured.length === 0) continue;
    const instances = median(measured.map((step) => step.instances));
    const flops = median(measured.map((step) => step.flops));
    console.log(
      `${name}: ${instances.toFixed(0)} instances/s, ${(flops / 1e9).toFixed(0)} useful GFLOP/s, ` +
        `utilisation ${(100 * flops / peak).toFixed(0)} %`,
    );
  }
});
