// Trains a system on a data set from scratch with one way to draw negatives, and prints what it reaches, as a line of JSON:
//   UNISREC_DATA=… deno run -P=test tests/bench/sampled_quality.ts Scientific 'UniSRec t' null|popularity|'{"by":…}'
// On Scientific with hidden size 300 and seed 1, popularity against all items (test Recall@10 / NDCG@10, validation NDCG@10):
//   SASRec    .1040 / .0537, .0588 against .1055 / .0545, .0592 (three seeds on all items: NDCG@10 .0534 to .0545)
//   UniSRec t .1093 / .0602, .0681 against .1063 / .0591, .0693; 69 epochs against 77
import { openLab } from "../../lib/systems/lab.ts";
import type { NegativesChoice } from "../../lib/training/negatives.ts";

const [dataset, system, given, hiddenSize = "300"] = Deno.args;
const negatives: NegativesChoice = /^[{n]/.test(given) ? JSON.parse(given) : given;
const lab = await openLab({ runs: null });
const { target } = await lab.load(dataset);
const trained = await lab.train(system, target, {
  negatives,
  sizes: { hiddenSize: Number(hiddenSize) },
  seed: 1,
});
const [valid, test] = [await trained.evaluate("valid"), await trained.evaluate("test")];
console.log(JSON.stringify({
  dataset,
  system,
  negatives,
  epochs: trained.curve.length,
  bestEpoch: trained.bestEpoch,
  secondsPerEpoch: trained.curve.reduce((sum, { seconds }) => sum + seconds, 0) / trained.curve.length,
  "valid NDCG@10": valid["NDCG@10"],
  "test Recall@10": test["Recall@10"],
  "test NDCG@10": test["NDCG@10"],
}));
await trained.release();
