// How fast a saved recommender answers: opening, one user's recommendations, memory. Parameters are synthetic.
//   npx -y deno@2.9.6 run -P=test tests/bench/serving.ts [items …]
import process from "node:process";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { createNeuralRecommender } from "../../lib/systems/neural/neural_recommender.ts";
import { openRecommender } from "../../lib/systems/lab.ts";
import { createSasRec } from "../../lib/systems/sasrec/model.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import { createGenerator, integer } from "../../lib/random.ts";

const hiddenSize = 64;
const queries = 1000;

const idOf = (item: number) => `B${String(item).padStart(9, "0")}`;

/** Saves a SASRec of so many items. */
async function prepare(items: number, path: string): Promise<void> {
  const model = createSasRec(items, { hiddenSize });
  const itemIds = Array.from({ length: items }, (_, item) => idOf(item));
  const recommender = await createNeuralRecommender({
    engine: createOnnxEngine(),
    model,
    parameters: initialiseParameters(model.parameters, createGenerator(1)),
    features: null,
    itemIds,
    popularity: new Int32Array(items).fill(1),
    domain: null,
    createModel: () => model,
    card: {
      system: "SASRec",
      version: "0",
      settings: { hiddenSize },
      encoder: null,
      data: {},
      training: {},
      metrics: {},
    },
  });
  await recommender.save(path);
}

/** Opens a recommender in a process of its own, and asks it again and again. */
async function serve(items: number, path: string): Promise<void> {
  const generator = createGenerator(2);
  const opening = performance.now();
  const recommender = await openRecommender(path, { engineName: "onnx-cpu" });
  const opened = performance.now() - opening;
  const historyOf = () =>
    Array.from({ length: 1 + integer(generator, 50) }, () => idOf(integer(generator, items)));
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let i = 0; i < queries; i++) {
    const items = historyOf();
    const start = performance.now();
    await recommender.recommend([{ items }], { k: 10 });
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  const first = times[0];
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (queries - 1))];
  const many = Array.from({ length: 1000 }, () => ({ items: historyOf() }));
  const start = performance.now();
  await recommender.recommend(many, { k: 10 });
  const batch = performance.now() - start;
  const peak = process.resourceUsage().maxRSS / 2 ** 20;
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  console.log(
    [
      items,
      ms(opened),
      ms(first),
      ms(at(0.5)),
      ms(at(0.99)),
      ms((user + system) / 1000 / queries),
      ms(batch),
      `${peak.toFixed(2)} GB`,
    ].join(" | "),
  );
}

if (Deno.args[0] === "--serve") await serve(Number(Deno.args[1]), Deno.args[2]);
else {
  const folder = await Deno.makeTempDir();
  try {
    console.log(
      "items | opening | first query | p50 | p99 | processor time of a query | 1,000 users at once | most memory",
    );
    for (const items of Deno.args.length > 0 ? Deno.args.map(Number) : [5_000, 100_000, 1_000_000]) {
      const path = `${folder}/${items}.safetensors`;
      await prepare(items, path);
      const args = ["run", "-P=test", "--no-check", import.meta.filename!, "--serve", String(items), path];
      const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, stdout: "inherit" })
        .output();
      if (!success) throw new Error(new TextDecoder().decode(stderr));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
