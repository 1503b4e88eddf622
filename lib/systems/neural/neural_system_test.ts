import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { shortOptions, target } from "../../../tests/systems/recommenders.ts";
import { engine } from "../../../tests/systems/train_system.ts";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import type { TrainingPlan, TrainOptions } from "../system.ts";
import { nextItemLoss } from "../../training/next_item.ts";
import { nextItemObjective } from "../../training/next_item_objective.ts";
import type { CreateObjective } from "../../training/objective.ts";
import { createSasRec } from "../sasrec/model.ts";
import { sasrec } from "../sasrec/system.ts";
import { unisrecInductive } from "../unisrec/system.ts";
import { isNeural, type NeuralDefinition, neuralSystem } from "./neural_system.ts";

const definition: NeuralDefinition = {
  name: "SASRec",
  abilities: sasrec.abilities,
  createModel: ({ itemIds }, sizes) => createSasRec(itemIds.length, sizes),
};

/** Trains to predict items while numbers that never change are added to all scores' loss. */
const withConstant = (value: number): CreateObjective => (...parts) => {
  const usual = nextItemObjective(...parts);
  return {
    ...usual,
    inputs: { ...usual.inputs, weight: { shape: [], type: "float32" } },
    constants: { ...usual.constants, weight: Float32Array.of(value) },
    loss: (parameters, { weight, ...inputs }, noise) => ({
      loss: tf.mul(usual.loss(parameters, inputs, noise).loss, weight),
    }),
  };
};

const train = async (plan: TrainingPlan | Promise<TrainingPlan>, runs: string | null = null) =>
  await (await plan).train({ engine, runs });

Deno.test("a system with an objective of its own, or other constants, gets a result of its own", () =>
  withTemporaryFolder(async (runs) => {
    const systems = [
      neuralSystem(definition),
      neuralSystem({ ...definition, objective: withConstant(1) }),
      neuralSystem({ ...definition, objective: withConstant(3) }),
    ];
    const losses: number[] = [];
    for (const system of systems) {
      const { curve } = await train(system.plan(target, shortOptions), runs);
      losses.push(curve[0].loss);
    }
    assert.equal([...Deno.readDirSync(runs)].length, 3);
    assert.ok(Math.abs(losses[1] / losses[0] - 1) < 1e-5);
    assert.ok(Math.abs(losses[2] / losses[1] - 3) < 0.1);
    assert.notEqual(losses[2], losses[1]);
  }));

Deno.test("a loss that is handed over is trained, on the batches of the system's objective", async () => {
  const seen: string[] = [];
  const options: TrainOptions = {
    ...shortOptions,
    loss: (model) => (parameters, inputs, noise) => {
      seen.push(model.name);
      const { loss } = nextItemLoss(model)(parameters, inputs, noise);
      return { loss: tf.mul(loss, 2) };
    },
  };
  const [usual, doubled] = [
    await train(sasrec.plan(target, shortOptions)),
    await train(sasrec.plan(target, options)),
  ];
  assert.ok(seen.includes("SASRec"));
  assert.ok(Math.abs(doubled.curve[0].loss / usual.curve[0].loss - 2) < 0.1);
  const identities = [sasrec.plan(target, shortOptions), sasrec.plan(target, options)].map(async (plan) =>
    await (await plan).identify()
  );
  const [one, other] = await Promise.all(identities);
  assert.deepEqual(one.settings, other.settings);
  assert.notEqual(one.code, other.code);
});

Deno.test("a plan's identity holds its pre-training, too", async () => {
  const identityOf = async (options: TrainOptions) =>
    await (await unisrecInductive.plan(target, { ...shortOptions, ...options })).identify();
  const usual = await identityOf({});
  assert.equal((usual.settings.stages as unknown[]).length, 2);
  assert.equal(((await identityOf({ sources: [] })).settings.stages as unknown[]).length, 1);
  assert.equal(((await identityOf({ start: null })).settings.stages as unknown[]).length, 1);
  const others = [
    await identityOf({ pretraining: { ...shortOptions.pretraining, tasks: { sequenceSequence: 0.5 } } }),
    await identityOf({ pretraining: { ...shortOptions.pretraining, epochs: 2 } }),
    await identityOf({ seed: 2 }),
    await identityOf({ epochs: 3 }),
    await identityOf({ frozen: [] }),
  ];
  const all = [usual, ...others].map((identity) => JSON.stringify(identity));
  assert.equal(new Set(all).size, all.length);
});

Deno.test("the encoder stays as pre-trained unless something else is asked for", async () => {
  const trained = await train(unisrecInductive.plan(target, shortOptions));
  const all = await train(unisrecInductive.plan(target, { ...shortOptions, frozen: [] }));
  assert.ok(trained.cost.trainedParameters < trained.cost.parameters);
  assert.equal(all.cost.trainedParameters, all.cost.parameters);
  const alone = await train(unisrecInductive.plan(target, { ...shortOptions, sources: [] }));
  assert.equal(alone.cost.trainedParameters, alone.cost.parameters); // nothing to keep
  assert.deepEqual(alone.cost.pretrainingCurve, []);
  assert.ok(trained.cost.pretrainingCurve.length > 0);
});

Deno.test("a system that reads texts refuses a domain without, before anything is trained", () => {
  assert.throws(() => unisrecInductive.plan({ ...target, features: null }, shortOptions), {
    name: "DataError",
    message: /text features of Target/,
  });
});

Deno.test("what is trained by gradients is told from what is not", () => {
  assert.ok(isNeural(sasrec));
  const { plan, open, name, abilities, reads, varies } = sasrec;
  assert.ok(!isNeural({ plan, open, name, abilities, reads, varies }));
});
