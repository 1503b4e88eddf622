import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import fc from "fast-check";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import type { Domain } from "../data/domain.ts";
import type { Pretrained } from "../files/pretrained_file.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { type ModelTraining, planModel } from "../systems/neural/train_model.ts";
import type { PretrainingOptions } from "../systems/pretraining/pretraining.ts";
import { tensorsOf } from "../systems/pretraining/pretraining.ts";
import { planUniSRec } from "../systems/unisrec/pretrain.ts";
import { createUniSRec, type UniSRecConfig } from "../systems/unisrec/model.ts";
import { nextItemObjective } from "./next_item_objective.ts";
import type { CreateObjective } from "./objective.ts";
import { identify, negativesOf, runName, settingsName, type TrainingRun } from "./run_identity.ts";

/** All that a training is made of. */
interface Ingredients {
  sizes: Partial<UniSRecConfig>;
  training: ModelTraining;
  domain: Domain;
  start: number;
}

const domain = smallDomain();
const usual: Ingredients = {
  sizes: { ...smallSizes, featureSize: 12, experts: 2 },
  training: { learningRate: 3e-3, batchSize: 64, seed: 1, epochs: 5, patience: 5 },
  domain,
  start: 0,
};

/** Returns a copy of the ingredients with other sizes. */
const sized = (sizes: Partial<UniSRecConfig>) => (of: Ingredients): Ingredients => ({
  ...of,
  sizes: { ...of.sizes, ...sizes },
});
const trained = (training: ModelTraining) => (of: Ingredients): Ingredients => ({
  ...of,
  training: { ...of.training, ...training },
});

/** Returns the objective of a usual training with something changed. */
const objective = (change: (usual: ReturnType<CreateObjective>) => ReturnType<CreateObjective>) =>
  trained({ objective: (...parts) => change(nextItemObjective(...parts)) });

/** Each changes one thing that decides what comes out. */
const changes: Record<string, (of: Ingredients) => Ingredients> = {
  hiddenSize: sized({ hiddenSize: 8 }),
  innerSize: sized({ innerSize: 8 }),
  layers: sized({ layers: 1 }),
  heads: sized({ heads: 1 }),
  maxLength: sized({ maxLength: 7 }),
  dropout: sized({ dropout: 0.25 }),
  experts: sized({ experts: 3 }),
  gateNoise: sized({ gateNoise: false }),
  whitening: sized({ whitening: "linear" }),
  temperature: sized({ temperature: 0.08 }),
  setting: sized({ setting: "transductive" }),
  learningRate: trained({ learningRate: 1e-3 }),
  batchSize: trained({ batchSize: 65 }),
  seed: trained({ seed: 2 }),
  instances: trained({ instances: "prefix" }),
  metric: trained({ metric: "Recall@20" }),
  frozen: trained({ frozen: ["encoder."] }),
  "one item of a sequence": (of) => {
    const items = of.domain.sequences.items.slice();
    items[3] = (items[3] + 1) % 30;
    return { ...of, domain: { ...of.domain, sequences: { ...of.domain.sequences, items } } };
  },
  "where a user's sequence ends": (of) => {
    const offsets = of.domain.sequences.offsets.slice();
    offsets[5]++;
    return { ...of, domain: { ...of.domain, sequences: { ...of.domain.sequences, offsets } } };
  },
  "one number of the features": (of) => {
    const features = of.domain.features!;
    const values = features.values.slice();
    values[100] += 1e-6;
    return { ...of, domain: { ...of.domain, features: { ...features, values } } };
  },
  "the data set": (of) => ({ ...of, domain: { ...of.domain, name: "Smaller" } }),
  start: (of) => ({ ...of, start: 1 }),
  "one number of the start": (of) => ({ ...of, start: 2 }),
  "the loss times 3": objective((usual) => ({
    ...usual,
    loss: (...parts) => ({ loss: tf.mul(usual.loss(...parts).loss, 3) }),
  })),
  "a loss that adds another": objective((usual) => ({
    ...usual,
    loss(...parts) {
      const { loss } = usual.loss(...parts);
      return { loss, half: tf.mul(loss, 0.5) };
    },
  })),
  "the order of batches": objective((usual) => ({
    ...usual,
    batches: (generator) => usual.batches(generator).reverse(),
  })),
  "a constant": objective((usual) => ({
    ...usual,
    inputs: { ...usual.inputs, bias: { shape: [1], type: "float32" } },
    constants: { ...usual.constants, bias: Float32Array.of(0.5) },
  })),
  "what a constant holds": objective((usual) => ({
    ...usual,
    inputs: { ...usual.inputs, bias: { shape: [1], type: "float32" } },
    constants: { ...usual.constants, bias: Float32Array.of(0.25) },
  })),
};

/** Each changes one thing that decides nothing. */
const others: Record<string, (of: Ingredients) => Ingredients> = {
  observer: trained({ observer: { epoch() {} } }),
  runs: trained({ runs: "/somewhere/else" }),
  epochs: trained({ epochs: 7 }),
  patience: trained({ patience: 1 }),
  "the usual settings, said": trained({ instances: "sequence", metric: "NDCG@10", frozen: [], start: null }),
  "IDs and texts, which it does not read": (of) => ({
    ...of,
    domain: { ...of.domain, userIds: of.domain.userIds.map((id) => `${id}!`), itemTexts: of.domain.itemIds },
  }),
  "where numbers lie": (of) => ({
    ...of,
    domain: {
      ...of.domain,
      sequences: {
        ...of.domain.sequences,
        items: Int32Array.of(9, ...of.domain.sequences.items).subarray(1),
      },
    },
  }),
  "a refactored loss": objective((usual) => ({
    ...usual,
    loss(parameters, inputs, noise) {
      tf.mul(inputs.weights, 7); // what no output needs
      const { loss: renamed } = usual.loss(parameters, { ...inputs }, noise);
      return { loss: renamed };
    },
  })),
};

/** Returns the name of the run that ingredients make. */
async function nameOf({ sizes, training, domain, start }: Ingredients): Promise<string> {
  const model = createUniSRec(domain.itemIds.length, sizes);
  const { run, options } = planModel(model, domain, {
    ...training,
    ...(start ? { start: startOf(start) } : {}),
  });
  return runName(await identify(run, options));

  function startOf(which: number): Pretrained {
    const parameters = initialiseParameters(model.parameters, createGenerator(9));
    if (which === 2) parameters["positions.embedding"][0] += 1e-6;
    return { card: null, tensors: tensorsOf(model, parameters) };
  }
}

const usualName = await nameOf(usual);

for (const [what, change] of Object.entries(changes)) {
  Deno.test(`another run: ${what}`, async () => assert.notEqual(await nameOf(change(usual)), usualName));
}

for (const [what, change] of Object.entries(others)) {
  Deno.test(`the same run: ${what}`, async () => assert.equal(await nameOf(change(usual)), usualName));
}

// of ingredients that overwrite each other, one
const together = Object.keys(changes).filter((name) =>
  !["start", "the order of batches", "a constant", "what a constant holds", "a loss that adds another"]
    .includes(name)
);

Deno.test("of any changes at once, two trainings have one name if and only if the changes are the same", async () => {
  const some = fc.subarray(together, { maxLength: 4 });
  const known = new Map<string, string>();
  const nameWith = async (names: string[], irrelevant: string[]) => {
    const relevant = names.reduce((of, name) => changes[name](of), usual);
    return await nameOf(irrelevant.reduce((of, name) => others[name](of), relevant));
  };
  const harmless = fc.subarray(Object.keys(others).filter((name) => name !== "a refactored loss"));
  await fc.assert(
    fc.asyncProperty(some, harmless, async (names, irrelevant) => {
      const key = names.join();
      const name = await nameWith(names, irrelevant.filter((what) => what !== "the usual settings, said"));
      assert.equal(known.get(key) ?? name, name, key);
      for (const [other, theirs] of known) {
        if (other !== key) assert.notEqual(theirs, name, `${other} and ${key}`);
      }
      known.set(key, name);
    }),
    { numRuns: 40 },
  );
});

Deno.test("changed settings change the readable part of the name, changed code only what follows it", async () => {
  const identityOf = async ({ sizes, training, domain }: Ingredients) => {
    const { run, options } = planModel(createUniSRec(30, sizes), domain, training);
    return await identify(run, options);
  };
  const [first, code, settings] = [
    await identityOf(usual),
    await identityOf(changes["the loss times 3"](usual)),
    await identityOf(changes.seed(usual)),
  ];
  assert.equal(settingsName(code.settings), settingsName(first.settings));
  assert.notEqual(code.code, first.code);
  assert.notEqual(settingsName(settings.settings), settingsName(first.settings));
  assert.ok(runName(first).startsWith("small-unisrec-t-"));
});

Deno.test("another run of pre-training: a source more or less, their order, a task's weight, a rate, a source's number", async () => {
  const named = (name: string, seed: number) => ({ ...smallDomain({ seed }), name });
  const [one, two] = [named("One", 6), named("Two", 8)];
  const sizes = { ...smallSizes, experts: 2 };
  const options: PretrainingOptions = { learningRate: 1e-3, batchSize: 64, epochs: 2, seed: 1 };
  const moved = two.features!.values.slice();
  moved[7] += 1e-6;
  const plans = [
    planUniSRec([one, two], sizes, options),
    planUniSRec([one], sizes, options),
    planUniSRec([two, one], sizes, options),
    planUniSRec([one, two], { ...sizes, hiddenSize: 8 }, options),
    planUniSRec([one, two], sizes, { ...options, tasks: { sequenceSequence: 0.1 } }),
    planUniSRec([one, two], sizes, { ...options, learningRate: 3e-3 }),
    planUniSRec([one, { ...two, features: { ...two.features!, values: moved } }], sizes, options),
    planUniSRec([one, two].map((source) => ({ ...source, wordDropped: two.features })), sizes, options),
  ];
  const names = await Promise.all(
    plans.map(async ({ run, options }) => runName(await identify(run, options))),
  );
  assert.equal(new Set(names).size, plans.length, names.join("\n"));
  const again = planUniSRec([one, two], sizes, { ...options, epochs: 9, checkpointMinutes: 1, runs: "/x" });
  assert.equal(runName(await identify(again.run, again.options)), names[0]);
});

Deno.test("a training whose objective has no batch has an identity, too", async () => {
  const { run, options } = planModel(createUniSRec(30, usual.sizes), domain, usual.training);
  const empty: TrainingRun = { ...run, batches: () => [] };
  assert.notEqual((await identify(empty, options)).code, (await identify(run, options)).code);
});

Deno.test("how negatives were drawn is told from settings, whatever stage or part drew them", () => {
  const negatives = { by: "popularity", count: 1024 } as const;
  assert.deepEqual(negativesOf({ name: "SASRec", negatives }), negatives);
  assert.deepEqual(negativesOf({ stages: [{ name: "pre-training" }, { negatives }] }), negatives);
  assert.deepEqual(negativesOf({ parts: [{}, { stages: [{ negatives }] }] }), negatives);
  assert.equal(negativesOf({ parts: [{ stages: [{}] }] }), null);
});
