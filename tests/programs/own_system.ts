// A system of one's own in one file: each item's vector predicts what comes right after it; a loss of one's own, too.
//   npx -y deno@2.9.6 run -P=program tests/programs/own_system.ts
import * as tf from "@tensorflow/tfjs";
import {
  type CreateObjective,
  itemCrossEntropy,
  neuralSystem,
  nextItemObjective,
  openLab,
  type SequenceModel,
  type System,
  type SystemSizes,
} from "../../lib/mod.ts";

/** Two vectors per item: one to be followed, one to follow. */
function createNextItem(items: number, { hiddenSize = 64 }: SystemSizes): SequenceModel {
  return {
    name: "Next item",
    config: { hiddenSize },
    items,
    hiddenSize,
    maxLength: 1,
    featureSize: null,
    queryAt: "last item",
    parameters: {
      "items.first": { shape: [items, hiddenSize], initial: "normal" },
      "items.second": { shape: [items, hiddenSize], initial: "normal" },
    },
    itemTable: (parameters) => parameters["items.first"],
    encode: (table, { items }) => tf.gather(table, items), // [slots, hidden]
    asQueries: (sequences) => sequences,
    asCandidates: (_table, parameters) => parameters["items.second"],
  };
}

/** Predicts each next item, and keeps the vectors short. */
const shortVectors: CreateObjective = (model, domain, settings) => ({
  ...nextItemObjective(model, domain, settings),
  loss(parameters, { items, queries, targets, weights }) {
    const followed = tf.gather(tf.gather(parameters["items.first"], items), queries); // [capacity, hidden]
    const predicted = itemCrossEntropy(followed, parameters["items.second"], targets, weights);
    const length = tf.mean(tf.square(followed));
    return { loss: tf.add(predicted, tf.mul(length, 0.01)), predicted, length };
  },
});

/** The system: hand it to `lab.train`, or its file to notebook 5. */
const nextItem: System = neuralSystem({
  name: "Next item",
  abilities: { sources: "none", withoutOverlap: false, transductive: true, inductive: false },
  createModel: ({ itemIds }, sizes) => createNextItem(itemIds.length, sizes),
  objective: shortVectors,
});

export default nextItem;

if (import.meta.main) {
  const lab = await openLab({ runs: null });
  const { target } = await lab.load("sample");
  const model = await lab.train(nextItem, target, { learningRate: 1e-2, epochs: 5 });
  console.log(`NDCG@10 ${(await model.evaluate("test"))["NDCG@10"]}`);
}
