// Ranking all items for every user of Scientific:
//   UNISREC_DATA=… deno bench -P tests/bench/evaluation_bench.ts
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { evaluationBatches, rankUsers } from "../../lib/evaluation/rank_users.ts";
import { createScorer, type Scorer } from "../../lib/evaluation/scorer.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import { createGenerator } from "../../lib/random.ts";
import { loadScientific, modelFor } from "./scientific.ts";

const domain = await loadScientific();
if (domain) {
  for (const [kind, hiddenSize] of [["sasrec", 64], ["sasrec", 300], ["trans", 300]] as const) {
    const model = modelFor(domain, kind, hiddenSize);
    const parameters = initialiseParameters(model.parameters, createGenerator(1));
    const features = model.featureSize === null ? null : domain.features!.values;
    const { test } = evaluationBatches(domain.sequences, ["test"], model);
    let scorer: Scorer | null = null;
    Deno.bench({
      name: `ranks of ${domain.userIds.length} users, ${model.name}, hidden size ${hiddenSize}`,
      n: 5,
      warmup: 1,
      async fn(bench) {
        scorer ??= await createScorer(createOnnxEngine(), model, features);
        bench.start();
        await scorer.setParameters(parameters);
        await rankUsers(scorer, test, domain.sequences);
        bench.end();
      },
    });
  }
}
