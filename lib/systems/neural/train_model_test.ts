import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../../tests/small_domain.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { packSequences } from "../../data/domain.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { meanMetric, type MetricName } from "../../evaluation/metrics.ts";
import { nextItemObjective } from "../../training/next_item_objective.ts";
import type { Loss } from "../../training/step.ts";
import { createSasRec } from "../sasrec/model.ts";
import { createUniSRec } from "../unisrec/model.ts";
import { type ModelTraining, trainModel } from "./train_model.ts";

const engine = createOnnxEngine({ threads: 1 });
const domain = smallDomain();
const items = domain.itemIds.length;
const options: ModelTraining = { learningRate: 3e-3, batchSize: 64, epochs: 30, patience: 30, seed: 1 };
const featureSize = domain.features!.width;
const models = [
  createSasRec(items, smallSizes),
  createUniSRec(items, { ...smallSizes, featureSize, experts: 2 }),
  createUniSRec(items, { ...smallSizes, featureSize, experts: 2, setting: "transductive" }),
];

for (const model of models) {
  Deno.test(`${model.name} learns which item follows, far beyond chance`, async () => {
    const { test, curve } = await trainModel(engine, model, domain, options);
    const chance = 10 / items;
    assert.ok(test.means["Recall@10"] > 2 * chance, `Recall@10 ${test.means["Recall@10"]}, chance ${chance}`);
    assert.ok(curve.at(-1)!.loss < 0.9 * curve[0].loss);
    assert.equal(test.ranks.length, domain.userIds.length);
  });

  Deno.test(`${model.name}: the same seed gives the same bits, another seed others`, async () => {
    const short = { ...options, epochs: 3 };
    const [first, second, other] = [
      await trainModel(engine, model, domain, short),
      await trainModel(engine, model, domain, short),
      await trainModel(engine, model, domain, { ...short, seed: 2 }),
    ];
    assert.deepEqual(first.parameters, second.parameters);
    assert.deepEqual(first.test.ranks, second.test.ranks);
    assert.notDeepEqual(first.parameters, other.parameters);
  });
}

/** Returns the only run's checkpoint, as bytes. */
function checkpointIn(runs: string): Uint8Array {
  const names = Array.from(Deno.readDirSync(runs), ({ name }) => name);
  assert.equal(names.length, 1);
  return Deno.readFileSync(`${runs}/${names[0]}/checkpoint.safetensors`);
}

Deno.test("a run that was interrupted and goes on ends with the same checkpoint and log as one that was not", () =>
  withTemporaryFolder(async (folder) => {
    const [whole, parts] = [`${folder}/whole`, `${folder}/parts`];
    const six = { ...options, epochs: 6 };
    const uninterrupted = await trainModel(engine, models[2], domain, { ...six, runs: whole });
    const stop = new Error("interrupted in the fourth epoch");
    const observer = {
      step({ epoch, batch }: { epoch: number; batch: number }) {
        if (epoch === 3 && batch === 2) throw stop;
      },
    };
    await assert.rejects(
      trainModel(engine, models[2], domain, { ...six, runs: parts, observer }),
      stop,
    );
    const resumed = await trainModel(engine, models[2], domain, { ...six, runs: parts });
    assert.deepEqual(resumed.parameters, uninterrupted.parameters);
    assert.deepEqual(resumed.curve.map(({ loss }) => loss), uninterrupted.curve.map(({ loss }) => loss));
    assert.deepEqual(checkpointIn(parts), checkpointIn(whole));
    const finished = await trainModel(engine, models[2], domain, { ...six, runs: parts });
    assert.deepEqual(finished.test.ranks, uninterrupted.test.ranks);
  }));

const drawn = { by: "popularity", count: 4 } as const;

for (const model of models) {
  Deno.test(`${model.name} learns from drawn items alone which item follows`, async () => {
    const large = smallDomain({ items: 120, users: 300 });
    const other = model.featureSize === null ? createSasRec(120, smallSizes) : createUniSRec(120, {
      ...smallSizes,
      featureSize,
      experts: 2,
      setting: model.config.setting as "inductive",
    });
    const few = { ...options, batchSize: 32, negatives: drawn };
    const { test } = await trainModel(engine, other, large, few);
    assert.ok(test.means["Recall@10"] > 3 * 10 / 120, `Recall@10 ${test.means["Recall@10"]}`);
  });
}

Deno.test("with drawn items a run that was interrupted ends with the same checkpoint, under a name of its own", () =>
  withTemporaryFolder(async (folder) => {
    const [whole, parts] = [`${folder}/whole`, `${folder}/parts`];
    const four = { ...options, batchSize: 32, epochs: 4, negatives: drawn };
    const uninterrupted = await trainModel(engine, models[2], domain, { ...four, runs: whole });
    const observer = {
      step({ epoch, batch }: { epoch: number; batch: number }) {
        if (epoch === 2 && batch === 2) throw new Error("interrupted");
      },
    };
    // a checkpoint after every step
    const often = { ...four, runs: parts, checkpointMinutes: 0 };
    await assert.rejects(trainModel(engine, models[2], domain, { ...often, observer }), /interrupted/);
    const resumed = await trainModel(engine, models[2], domain, { ...four, runs: parts });
    assert.deepEqual(resumed.parameters, uninterrupted.parameters);
    assert.deepEqual(checkpointIn(parts), checkpointIn(whole));
    await trainModel(engine, models[2], domain, { ...four, runs: whole, negatives: { ...drawn, count: 5 } });
    await trainModel(engine, models[2], domain, { ...four, runs: whole, negatives: null });
    assert.equal([...Deno.readDirSync(whole)].length, 3);
  }));

Deno.test("an objective that takes all items whatever is set is refused with drawn ones", async () => {
  const objective: ModelTraining["objective"] = (model, domain, settings) =>
    nextItemObjective(model, domain, { ...settings, negatives: null });
  await assert.rejects(trainModel(engine, models[0], domain, { ...options, negatives: drawn, objective }), {
    name: "ParameterError",
    message: /^negatives: expected null for SASRec, whose objective tells the next item from all items/,
  });
});

Deno.test("a model that does not say which parameters have a row for each item is refused with drawn ones", async () => {
  const { itemRows: _, ...embedding } = models[0].parameters["items.embedding"];
  const model = { ...models[0], parameters: { ...models[0].parameters, "items.embedding": embedding } };
  await assert.rejects(
    trainModel(engine, model, domain, { ...options, batchSize: 16, negatives: { ...drawn, count: 1 } }),
    {
      name: "ParameterError",
      message: /^negatives of SASRec: expected a model that gives candidates for the \d+ items .*itemRows/,
    },
  );
});

Deno.test("runs of other settings, other data or other features have folders of their own", () =>
  withTemporaryFolder(async (runs) => {
    const once = { ...options, epochs: 1, runs };
    const features = { ...domain.features!, values: domain.features!.values.map((value) => value + 1) };
    await trainModel(engine, models[1], domain, once);
    await trainModel(engine, models[1], domain, { ...once, seed: 9 });
    await trainModel(engine, models[1], { ...domain, features }, once);
    await trainModel(engine, models[0], domain, once);
    await trainModel(engine, models[0], { ...domain, features }, once); // SASRec reads no features
    assert.equal(Array.from(Deno.readDirSync(runs)).length, 4);
  }));

Deno.test("an edited loss gets a new run and its own result; a refactored one goes on with the run of before", () =>
  withTemporaryFolder(async (runs) => {
    const usual = { ...options, epochs: 2, runs };
    const first = await trainModel(engine, models[0], domain, usual);
    const stop = {
      step() {
        throw new Error("trained again");
      },
    };
    const withLoss = (change: (loss: Loss) => Loss): ModelTraining => ({
      ...usual,
      objective: (...parts) => {
        const objective = nextItemObjective(...parts);
        return { ...objective, loss: change(objective.loss) };
      },
    });
    // the same, with other names, in another order, and with what no output needs
    const refactored = withLoss((loss) => (parameters, inputs, noise) => {
      const unused = tf.mul(inputs.weights, 2);
      const { loss: summed } = loss({ ...parameters }, { unused, ...inputs }, noise);
      return { loss: summed };
    });
    const again = await trainModel(engine, models[0], domain, { ...refactored, observer: stop });
    assert.deepEqual(again.parameters, first.parameters);
    assert.equal([...Deno.readDirSync(runs)].length, 1);
    // half of a run goes on, too
    const longer = await trainModel(engine, models[0], domain, { ...refactored, epochs: 3 });
    assert.deepEqual(longer.curve.slice(0, 2), first.curve);
    assert.equal([...Deno.readDirSync(runs)].length, 1);

    const edited = withLoss((loss) => (...parts) => ({ loss: tf.mul(loss(...parts).loss, 3) }));
    await assert.rejects(
      trainModel(engine, models[0], domain, { ...edited, observer: stop }),
      /trained again/,
    );
    const own = await trainModel(engine, models[0], domain, edited);
    const ratio = own.curve[0].loss / first.curve[0].loss;
    assert.ok(Math.abs(ratio - 3) < 0.1, `the loss is ${ratio} times the usual one`);
    assert.equal([...Deno.readDirSync(runs)].length, 2);
  }));

Deno.test("an engine with more threads goes on with the same run", () =>
  withTemporaryFolder(async (runs) => {
    const short = { ...options, epochs: 1, runs };
    const first = await trainModel(engine, models[0], domain, short);
    const again = await trainModel(createOnnxEngine({ threads: 2 }), models[0], domain, short);
    assert.deepEqual(again.parameters, first.parameters);
    assert.equal([...Deno.readDirSync(runs)].length, 1);
  }));

Deno.test("training ends, and an epoch is chosen, by the metric that is asked for", async () => {
  const metric = "Recall@3";
  const { best, valid, curve } = await trainModel(engine, models[0], domain, {
    ...options,
    epochs: 6,
    metric,
  });
  assert.equal(best.metric, meanMetric(valid.ranks, metric));
  assert.equal(best.metric, Math.max(...curve.map(({ metric }) => metric!)));
  await assert.rejects(trainModel(engine, models[0], domain, { ...options, metric: "Hit@3" as MetricName }), {
    name: "ParameterError",
    message: /^metric: expected Recall@K, NDCG@K or MRR@K, but found "Hit@3"/,
  });
});

Deno.test("lower limits after a longer run give what they give without it", () =>
  withTemporaryFolder(async (runs) => {
    const long = await trainModel(engine, models[0], domain, { ...options, epochs: 5, runs });
    assert.ok(long.best.epoch > 1); // so that it cannot serve for two epochs
    const two = { ...options, epochs: 2 };
    const short = await trainModel(engine, models[0], domain, { ...two, runs });
    const fresh = await trainModel(engine, models[0], domain, two);
    assert.deepEqual([short.parameters, short.best], [fresh.parameters, fresh.best]);
    assert.equal(short.curve.length, 2);
    const again = await trainModel(engine, models[0], domain, { ...options, epochs: 5, runs });
    assert.deepEqual([again.parameters, again.curve], [long.parameters, long.curve]);
  }));

Deno.test("early stopping ends after `patience` epochs and the best epoch's parameters are tested", async () => {
  const { curve, best, valid } = await trainModel(engine, models[0], domain, {
    ...options,
    epochs: 200,
    patience: 2,
  });
  assert.ok(curve.length < 200);
  assert.equal(curve.length, best.epoch + 3);
  assert.equal(valid.means["NDCG@10"], best.metric);
  assert.equal(best.metric, Math.max(...curve.map(({ metric }) => metric!)));
});

Deno.test("frozen parameters stay as they are, the others do not", async () => {
  const frozen = ["encoder.", "positions."];
  const start = await trainModel(engine, models[1], domain, { ...options, epochs: 1, frozen });
  const later = await trainModel(engine, models[1], domain, { ...options, epochs: 4, frozen });
  for (const name of Object.keys(models[1].parameters)) {
    const isFrozen = frozen.some((prefix) => name.startsWith(prefix));
    const same = start.parameters[name].every((value, at) => value === later.parameters[name][at]);
    assert.equal(same, isFrozen, name);
  }
});

Deno.test("bad input is refused by name", async () => {
  await assert.rejects(trainModel(engine, models[1], { ...domain, features: null }, options), {
    name: "DataError",
    message: /text features of Small: expected 30 rows of 12 numbers/,
  });
  await assert.rejects(trainModel(engine, models[0], domain, { ...options, learningRate: -1 }), {
    name: "ParameterError",
    message: /learningRate: expected a positive number, but found -1/,
  });
  await assert.rejects(trainModel(engine, models[0], domain, { ...options, learningRate: 1e30 }), {
    name: "EngineError",
    message: /(loss at step \d+|score of .*): expected a finite number/,
  });
});

Deno.test("one user with one training item, and histories of length one, give a result or a clear error", async () => {
  const lonely = { ...domain, userIds: ["only"], sequences: packSequences([[1, 2, 3]]) };
  await assert.rejects(trainModel(engine, models[0], lonely, { ...options, epochs: 1 }), {
    name: "DataError",
    message: /training sequences of Small/,
  });
  const short = { ...domain, userIds: ["a", "b"], sequences: packSequences([[1, 2, 3, 4], [4, 5, 6]]) };
  const { test } = await trainModel(engine, models[0], short, { ...options, epochs: 1 });
  assert.equal(test.ranks.length, 2);
});
