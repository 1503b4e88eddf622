// Encodes texts of a data set with a random model of BERT-base's shape, in batches of similar length and in the
// reference's way, four at a time in the order of the file:
//   UNISREC_DATA=… UNISREC_BERT=… deno run -A tests/bench/encoding.ts [texts] [data set]
// The processor time is said too: it hardly depends on what else the machine does.
import * as tf from "@tensorflow/tfjs";
import process from "node:process";
import { loadDomain } from "../../lib/data/profile.ts";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { createGenerator, normals } from "../../lib/random.ts";
import { paddingShare, planBatches } from "../../lib/text/encoder/batches.ts";
import { type BertEncoder, loadBert } from "../../lib/text/encoder/encoder.ts";
import { baseShape, drawWeights } from "../random_bert/weights.ts";
import { writeBertFolder } from "../random_bert/write_folder.ts";
import { median } from "./median.ts";

const rounds = 3;
const count = Number(Deno.args[0] ?? 240);
const dataset = Deno.args[1] ?? "Scientific";
const bertFolder = Deno.env.get("UNISREC_BERT");
if (!bertFolder) throw new Error("UNISREC_BERT must name the folder with BERT's tokenizer.json");

/** Wall-clock and processor time in seconds. */
interface Cost {
  wall: number;
  processor: number;
}

async function timed(work: () => Promise<unknown>): Promise<Cost> {
  const start = performance.now(), before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, processor: (user + system) / 1e6 };
}

function medianCost(costs: Cost[]): Cost {
  return { wall: median(costs.map(({ wall }) => wall)), processor: median(costs.map((c) => c.processor)) };
}

/** Operations of one text's forward pass: the products of the layers and of attention. */
function flopsOf(length: number): number {
  const { hidden, inner, layers } = baseShape;
  return layers * length * (8 * hidden * hidden + 4 * hidden * inner + 4 * length * hidden);
}

/** Makes a function that multiplies two square matrices, with the operations that takes. */
async function matrixProduct(): Promise<{ run: () => Promise<unknown>; flops: number }> {
  const size = 2048;
  const spec = { shape: [size, size], type: "float32" } as const;
  const product = await createOnnxEngine().compile(({ a, b }) => ({ c: tf.matMul(a, b) }), {
    a: spec,
    b: spec,
  });
  const [a, b] = [1, 2].map((seed) => normals(createGenerator(seed), size * size));
  return { run: () => product.run({ a, b }), flops: 2 * size ** 3 };
}

/** Groups of four texts, spread evenly over the file and in its order. */
function sample(texts: string[]): string[] {
  const groups = Math.min(count, texts.length) / 4;
  return Array.from({ length: groups }, (_, group) => {
    const start = 4 * Math.floor(group * texts.length / 4 / groups);
    return texts.slice(start, start + 4);
  }).flat();
}

const folder = await Deno.makeTempDir();
try {
  const tokenizer = await Deno.readTextFile(`${bertFolder}/tokenizer.json`);
  await writeBertFolder(folder, baseShape, drawWeights(baseShape, 1, 0.02), tokenizer);
  const full = await loadBert({ model: folder });
  const quantised = await loadBert({ model: folder, dtype: "q8" });
  const tokens = sample((await loadDomain(dataset)).itemTexts!).map(full.tokenize);
  const lengths = tokens.map((row) => row.length);
  const flops = lengths.reduce((sum, length) => sum + flopsOf(length), 0);

  const inFileOrder = Array.from({ length: tokens.length / 4 }, (_, i) => [0, 1, 2, 3].map((j) => 4 * i + j));
  const sorted = planBatches(lengths);
  const ways: [name: string, encoder: BertEncoder, batches: number[][], costs: Cost[]][] = [
    ["four at a time in file order", full, inFileOrder, []],
    ["similar lengths together", full, sorted, []],
    ["similar lengths together, q8", quantised, sorted, []],
  ];
  const product = await matrixProduct();
  const productCosts: Cost[] = [];
  await product.run();
  for (let round = 0; round < rounds; round++) {
    for (const [, { encode }, batches, costs] of ways) {
      for (let i = 0; i < 5; i++) productCosts.push(await timed(product.run));
      costs.push(
        await timed(async () => {
          for (const batch of batches) await encode(batch.map((i) => tokens[i]));
        }),
      );
    }
  }

  const best = Math.min(...productCosts.map(({ wall }) => wall));
  const peak = {
    wall: product.flops / best,
    processor: product.flops / medianCost(productCosts).processor,
  };
  console.log(
    `${tokens.length} texts of ${dataset}, ${
      (lengths.reduce((a, b) => a + b) / tokens.length).toFixed(1)
    } tokens each`,
  );
  console.log(
    `matrix product: ${(peak.wall / 1e9).toFixed(0)} GFLOP/s, ${
      (peak.processor / 1e9).toFixed(0)
    } per processor second`,
  );
  const reference = medianCost(ways[0][3]);
  for (const [name, , batches, costs] of ways) {
    const { wall, processor } = medianCost(costs);
    console.log(
      `${name}: ${(tokens.length / wall).toFixed(1)} texts/s, ${
        (tokens.length / processor).toFixed(1)
      } per processor ` +
        `second, padding ${(100 * paddingShare(lengths, batches)).toFixed(1)} %, utilisation ` +
        `${(100 * flops / wall / peak.wall).toFixed(0)} % (of processor time ` +
        `${(100 * flops / processor / peak.processor).toFixed(0)} %), ` +
        `${(reference.wall / wall).toFixed(2)} × (of processor time ${
          (reference.processor / processor).toFixed(2)
        } ×)`,
    );
  }
  await full.release();
  await quantised.release();
} finally {
  await Deno.remove(folder, { recursive: true });
}
