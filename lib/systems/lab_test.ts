import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { namedDomain, sizes } from "../../tests/systems/train_system.ts";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { readRecommenderFile, saveRecommenderFile } from "../files/recommender_file.ts";
import { version } from "../version.ts";
import { isNetwork, loadDomains, openLab, openRecommender } from "./lab.ts";
import { type NeuralDefinition, neuralSystem } from "./neural/neural_system.ts";
import { sasrec } from "./sasrec/system.ts";

const target = namedDomain("Target");
const sources = [namedDomain("First", { seed: 6 }), namedDomain("Second", { seed: 7 })];
const short = { sizes, batchSize: 64, epochs: 1 };
const lab = await openLab({ engineName: "onnx-cpu", runs: null });

Deno.test("the sample is loaded with text features; sources only if they are asked for", async () => {
  const alone = await loadDomains("sample");
  assert.deepEqual(alone.targets, [alone.target]);
  assert.equal(alone.target.features!.rows, alone.target.itemIds.length);
  assert.deepEqual(alone.sources, []);
  const all = await loadDomains("sample", { targets: "all", sources: null });
  assert.ok(all.targets.length > 1 && all.sources.length > 1);
  assert.deepEqual(all.target.itemIds, alone.target.itemIds);
  assert.ok(all.sources.every(({ features }) => features !== null));
});

Deno.test("one pre-training starts several trainings, and says what it cost by domain", async () => {
  const start = await lab.pretrain("UniSRec", sources, short);
  assert.equal(start.curve.length, 1);
  assert.deepEqual(new Set(start.losses[0].map(({ domain }) => domain)), new Set(["First", "Second"]));
  assert.deepEqual(start.card!.domains.map(({ name }) => name), ["First", "Second"]);
  const [one, other] = [
    await lab.train("UniSRec t", target, { ...short, start }),
    await lab.train("UniSRec t+ID", target, { ...short, start }),
  ];
  assert.ok(isNetwork(one) && isNetwork(other));
  const kept = start.tensors["positions.embedding"].values;
  assert.deepEqual(one.network.parameters["positions.embedding"], kept);
  assert.deepEqual(other.network.parameters["positions.embedding"], kept);
});

Deno.test("the observer is made by name, for pre-training and training", async () => {
  const names: string[] = [];
  const watched = await openLab({
    engineName: "onnx-cpu",
    runs: null,
    observe: (name) => {
      names.push(name);
      return {};
    },
  });
  await watched.train("UniSRec t", target, { ...short, sources, pretraining: { epochs: 1, batchSize: 64 } });
  await watched.pretrain("ZESRec", sources.slice(0, 1), short);
  assert.deepEqual(names, ["Pre-training UniSRec t on Target", "UniSRec t on Target", "Pre-training ZESRec"]);
});

Deno.test("a file says what it holds: data, settings, training, metrics and version", () =>
  withTemporaryFolder(async (folder) => {
    const model = await lab.train("SASRec", target, { ...short, seed: 3 });
    await model.save(`${folder}/x.safetensors`);
    const { card, popularity } = await readRecommenderFile(`${folder}/x.safetensors`);
    assert.equal(card.version, version);
    assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.equal(card.settings.hiddenSize, sizes.hiddenSize);
    assert.equal(card.training.seed, 3);
    assert.equal(card.training.metric, "NDCG@10");
    assert.deepEqual([card.data.name, card.data.users, card.data.items], ["Target", 80, 30]);
    assert.deepEqual(Object.keys(card.metrics).sort(), ["test", "valid"]);
    assert.equal(popularity.length, 30);
  }));

Deno.test("a file is refused where the code of its model computes something else by now", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/x.safetensors`;
    await (await lab.train("SASRec", target, short)).save(path);
    // the same names and shapes, but longer vectors
    const createModel: NeuralDefinition["createModel"] = (...parts) => {
      const model = sasrec.createModel(...parts);
      return { ...model, asQueries: (sequences) => tf.mul(sequences, 1.001) };
    };
    const edited = neuralSystem({ ...sasrec, createModel });
    const options = { engineName: "onnx-cpu", systems: [edited] };
    await assert.rejects(openRecommender(path, options), {
      name: "CheckpointError",
      message: /x\.safetensors: expected a model that scores as the one that was saved/,
    });
    const { probe: _, ...saved } = await readRecommenderFile(path);
    await saveRecommenderFile(path, saved); // without scores to compare with, it is opened
    await openRecommender(path, options);
  }));

Deno.test("a recommender is opened with its domain as it has grown since", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/x.safetensors`;
    const model = await lab.train("SASRec", target, short);
    await model.save(path);
    const grown = { ...target, itemIds: ["new", ...target.itemIds], userIds: target.userIds };
    // item i of the target is item i + 1 now
    const sequences = { ...target.sequences, items: target.sequences.items.map((item) => item + 1) };
    const opened = await openRecommender(path, { engineName: "onnx-cpu", domain: { ...grown, sequences } });
    const query = [{ user: target.userIds[4], items: [target.itemIds[0]] }];
    assert.deepEqual(await opened.recommend(query), await model.recommend(query));
  }));

Deno.test("what is counted is no network", async () => {
  assert.ok(!isNetwork(await lab.train("Popularity", target)));
});
