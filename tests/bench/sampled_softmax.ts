// How long steps take with the loss over all items and with drawn ones, taken in turn:
//   UNISREC_DATA=… deno run -P=test tests/bench/sampled_softmax.ts Office trans 300 20
//   deno run -P=test tests/bench/sampled_softmax.ts 20000,1000000 sasrec 64 20
// The arguments are a data set or numbers of synthetic items, sasrec|ind|trans, the hidden size and the steps. Of
// synthetic items the drawn ones alone are timed, and one number's steps are compared with the next's.
import { loadProfile } from "../../lib/data/profile.ts";
import type { NegativesChoice } from "../../lib/training/negatives.ts";
import { startTimedTraining, syntheticCatalogue, timeInTurn } from "./catalogue.ts";
import { modelFor } from "./scientific.ts";

const [data = "Office", kind = "trans", hiddenSize = "300", steps = "20"] = Deno.args;
const isSynthetic = /^[\d,]+$/.test(data);
const domains = isSynthetic
  ? data.split(",").map((items) => syntheticCatalogue(Number(items), 1e6, kind === "sasrec" ? null : 768))
  : (await loadProfile(data)).targets.slice(0, 1);
const choices: NegativesChoice[] = isSynthetic ? ["popularity"] : [null, "uniform", "popularity"];
const trainings = [];
for (const domain of domains) {
  const model = modelFor(domain, kind, Number(hiddenSize));
  for (const choice of choices) {
    trainings.push({ domain, model, choice, ...await startTimedTraining(domain, model, choice) });
  }
}
const taken = await timeInTurn(trainings, Number(steps));
trainings.forEach(({ domain, model, choice, known, stepsOfEpoch }, at) => {
  console.log(
    `${domain.name}, ${model.name} ${hiddenSize}, negatives ${
      JSON.stringify(choice)
    }: ${model.items} items, a step knows ` +
      `${known}; ${taken[at].seconds.toFixed(3)} s a step, ${
        taken[at].processor.toFixed(3)
      } of processors; ` +
      `${stepsOfEpoch} steps an epoch; ${
        (taken[0].seconds / taken[at].seconds).toFixed(2)
      } times as fast as the first ` +
      `(${(taken[0].processor / taken[at].processor).toFixed(2)} of processors)`,
  );
});
for (const { release } of trainings) await release();
