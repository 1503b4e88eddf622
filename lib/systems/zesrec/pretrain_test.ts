import assert from "node:assert/strict";
import { makeSample } from "../../data/sample/sample.ts";
import { type Domain, userCount } from "../../data/domain.ts";
import { historyOf, targetOf } from "../../data/split.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { withFeatures } from "../../text/with_features.ts";
import { measure } from "../../evaluation/measured.ts";
import { ranksOf } from "../../evaluation/metrics.ts";
import { planZesRec } from "./pretrain.ts";
import { runPretraining } from "../pretraining/pretraining.ts";
import { zesrec } from "./system.ts";
import { trainModel } from "../neural/train_model.ts";
import { measureZeroShot } from "../../studies/zero_shot.ts";

const engine = createOnnxEngine({ threads: 1 });
const config = { hiddenSize: 32, innerSize: 32, maxLength: 20, dropout: 0.2 };
const options = { learningRate: 3e-3, batchSize: 512, epochs: 3, patience: 3, seed: 1 };
const sample = makeSample();
const sources = sample.sources.map(withFeatures);
const target = withFeatures(sample.targets[0]);
const { pretrained, curve } = await runPretraining(engine, planZesRec(sources, config, options));

/** Ranks every user's test item by how often the items occur in training. */
function measurePopularity({ itemIds, sequences }: Domain) {
  const counts = new Float32Array(itemIds.length);
  const users = Array.from({ length: userCount(sequences) }, (_, user) => user);
  for (const user of users) historyOf(sequences, user, "train").forEach((item) => counts[item]++);
  const scores = new Float32Array(users.length * counts.length);
  for (const user of users) scores.set(counts, user * counts.length);
  const targets = Int32Array.from(users, (user) => targetOf(sequences, user, "test"));
  return measure(ranksOf(scores, targets, counts.length));
}

Deno.test("zero-shot on a domain that it never saw, ZESRec beats the domain's own popularity by far", async () => {
  const { test } = await measureZeroShot(engine, zesrec.createModel(target, config), target, pretrained);
  const popularity = measurePopularity(target);
  const gain = test.means["NDCG@10"] / popularity.means["NDCG@10"];
  assert.ok(gain > 5, `zero-shot ${test.means["NDCG@10"]}, popularity ${popularity.means["NDCG@10"]}`);
});

Deno.test("pre-training learns, and its card says what it was", () => {
  assert.ok(curve.at(-1)!.loss < curve[0].loss);
  assert.ok(curve.at(-1)!.metric! > curve[0].metric!);
  const card = pretrained.card!;
  assert.deepEqual(card.domains.map(({ name }) => name), sources.map(({ name }) => name));
  const { wordDrop, tasks, seed } = card.training;
  assert.deepEqual({ wordDrop, tasks, seed }, { wordDrop: false, tasks: { nextItem: 1 }, seed: 1 });
});

Deno.test("fine-tuning starts from what was learnt and changes all of it", async () => {
  const small = { ...options, epochs: 1, learningRate: 1e-3 };
  const model = zesrec.createModel(target, config);
  const [warm, cold] = [
    await trainModel(engine, model, target, { ...small, start: pretrained, frozen: zesrec.frozen }),
    await trainModel(engine, model, target, small),
  ];
  assert.ok(warm.test.means["NDCG@10"] > 2 * cold.test.means["NDCG@10"]);
  for (const [name, { values }] of Object.entries(pretrained.tensors)) {
    assert.ok(values.some((value, at) => value !== warm.parameters[name][at]), name);
  }
});

Deno.test("word-dropped features change nothing", async () => {
  const short = { ...options, epochs: 1 };
  const [first] = sources;
  const [plain, dropped] = [
    await runPretraining(engine, planZesRec([first], config, short)),
    await runPretraining(engine, planZesRec([{ ...first, wordDropped: first.features }], config, short)),
  ];
  assert.deepEqual(dropped.pretrained, plain.pretrained);
});
