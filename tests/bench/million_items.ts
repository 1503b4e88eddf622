// How much memory ranking and recommending a catalogue take above what is kept of it (parameters, features, item tables):
//   npx -y deno@2.9.6 run -P=test tests/bench/million_items.ts [items …]
// Each line is a process of its own; parameters are random.
import process from "node:process";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import { createGenerator, integer } from "../../lib/random.ts";
import { createNeuralRecommender } from "../../lib/systems/neural/neural_recommender.ts";
import { createSasRec } from "../../lib/systems/sasrec/model.ts";
import { createUniSRec } from "../../lib/systems/unisrec/model.ts";

const hiddenSize = 64;
const featureSize = 128;
const histories = 256;

async function measure(kind: string, items: number): Promise<void> {
  const model = kind === "sasrec"
    ? createSasRec(items, { hiddenSize })
    : createUniSRec(items, { hiddenSize, featureSize, setting: "transductive" });
  const generator = createGenerator(1);
  const parameters = initialiseParameters(model.parameters, generator);
  const features = model.featureSize === null
    ? null
    : { values: new Float32Array(items * featureSize), rows: items, width: featureSize };
  for (let at = 0; features && at < features.values.length; at++) {
    features.values[at] = (at * 7919 % 1000) / 500 - 1;
  }
  const before = process.resourceUsage().maxRSS / 2 ** 20;
  const recommender = await createNeuralRecommender({
    engine: createOnnxEngine(),
    model,
    parameters,
    features,
    itemIds: Array.from({ length: items }, (_, item) => String(item)),
    popularity: new Int32Array(items),
    domain: null,
    createModel: () => model,
    card: {
      system: model.name,
      version: "0",
      settings: {},
      encoder: null,
      data: {},
      training: {},
      metrics: {},
    },
  });
  const draw = () => Int32Array.from({ length: 1 + integer(generator, 50) }, () => integer(generator, items));
  const some = Array.from({ length: histories }, draw);
  const targets = Int32Array.from(some, () => integer(generator, items));
  const ranking = performance.now();
  await recommender.rank(some, targets);
  const ranked = performance.now();
  await recommender.recommend(some.map((history) => ({ indices: [...history] })), { k: 10 });
  const recommended = performance.now();
  const peak = process.resourceUsage().maxRSS / 2 ** 20;
  const tables = (kind === "sasrec" ? 1 : 2) * items * hiddenSize * 4 / 2 ** 30;
  console.log(
    `${model.name}, ${items} items, hidden ${hiddenSize}: item tables ${tables.toFixed(2)} GB, peak ${
      peak.toFixed(2)
    } GB, ` +
      `of which ${before.toFixed(2)} before (parameters, features), ${
        (peak - before - tables).toFixed(2)
      } above all of it; ` +
      `${histories} histories ranked in ${((ranked - ranking) / 1000).toFixed(1)} s, ` +
      `recommended to in ${((recommended - ranked) / 1000).toFixed(1)} s`,
  );
  await recommender.release();
}

if (Deno.args[0] === "--measure") await measure(Deno.args[1], Number(Deno.args[2]));
else {
  for (const items of Deno.args.length > 0 ? Deno.args : ["20000", "1000000"]) {
    for (const kind of ["sasrec", "trans"]) {
      const args = ["run", "-P=test", "--no-check", import.meta.filename!, "--measure", kind, items];
      const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, stdout: "inherit" })
        .output();
      if (!success) throw new Error(new TextDecoder().decode(stderr));
    }
  }
}
