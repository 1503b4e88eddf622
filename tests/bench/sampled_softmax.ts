// Trains on a data set with the loss over all items and with sampled softmax, in turn, and prints how long steps take:
//   UNISREC_DATA=… deno run -P=test tests/bench/sampled_softmax.ts Office trans 300 20
// The arguments are the data set, sasrec|ind|trans, the hidden size and the steps of each loss.
import { loadProfile } from "../../lib/data/profile.ts";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { createGenerator } from "../../lib/random.ts";
import { initialiseParameters } from "../../lib/nn/parameters.ts";
import { type NegativesChoice, settleNegatives } from "../../lib/training/negatives.ts";
import { nextItemObjective } from "../../lib/training/next_item_objective.ts";
import { createTrainer, initialState } from "../../lib/training/trainer.ts";
import { median } from "./median.ts";
import { modelFor } from "./scientific.ts";

const [dataset = "Office", kind = "trans", hiddenSize = "300", steps = "20"] = Deno.args;
const domain = (await loadProfile(dataset)).targets[0];
const model = modelFor(domain, kind, Number(hiddenSize));
const choices: NegativesChoice[] = [null, "uniform", "popularity"];
const medians: number[] = [];
for (const choice of choices) {
  const objective = nextItemObjective(model, domain, {
    batchSize: 2048,
    instances: "sequence",
    negatives: settleNegatives(choice),
  });
  const generator = createGenerator(1);
  const { known, constants, inputs, loss } = objective;
  const trainer = await createTrainer(
    createOnnxEngine(),
    { loss, inputs, constants, known, parameters: model.parameters },
    initialState(model.parameters, initialiseParameters(model.parameters, generator)),
  );
  const batches = objective.batches(generator);
  const seconds: number[] = [];
  let [last, instances] = [0, 0];
  for (let step = 0; step < Number(steps) + 2; step++) {
    const batch = batches[step % batches.length];
    const start = performance.now();
    last = (await trainer.step(batch.arrays(generator), 1e-3, generator)).loss;
    if (step >= 2) seconds.push((performance.now() - start) / 1000); // the first two make room
    instances = Math.max(instances, batch.instances);
  }
  await trainer.release();
  medians.push(median(seconds));
  console.log(
    `${dataset}, ${model.name} ${hiddenSize}, negatives ${JSON.stringify(choice)}: ` +
      `${model.items} items, a step knows ${known ? inputs[known].shape[0] : model.items}; ` +
      `${medians.at(-1)!.toFixed(3)} s a step of ${instances}, ${batches.length} steps an epoch, ` +
      `${(medians[0] / medians.at(-1)!).toFixed(2)} times as fast, loss ${last.toFixed(3)}`,
  );
}
