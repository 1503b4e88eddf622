import assert from "node:assert/strict";
import { profileSettings, type Study, type TurnedSettings } from "./profile_settings.ts";

Deno.test("what is left open suits profile and study, what is set is taken", () => {
  const [small, large] = ["sample", "Scientific"].map((profile) => profileSettings(profile, "comparison"));
  assert.ok(small.training.batchSize < large.training.batchSize);
  assert.deepEqual(large.training, { learningRate: 0.001, batchSize: 2048, epochs: 300, patience: 10 });
  const patience = (study: Study) => profileSettings("sample", study).training.patience;
  assert.ok(patience("ablations") < patience("comparison"));
  const set = profileSettings("sample", "comparison", {
    epochs: 24,
    patience: 5,
    pretrainingPatience: 1,
    experts: 2,
    dropout: null,
  });
  assert.deepEqual([set.training.epochs, set.training.patience, set.pretraining.patience], [24, 5, 1]);
  assert.deepEqual(set.sizes, { hiddenSize: 32, maxLength: 20, dropout: 0.3, experts: 2 });
});

Deno.test("the encoder's shape is the reference's if it is left open, and then has no part in a run's name", () => {
  const open = profileSettings("sample", "comparison", {
    layers: null,
    heads: null,
    innerSize: null,
    maxLength: null,
  });
  assert.deepEqual(open, profileSettings("sample", "comparison"));
  const { sizes } = profileSettings("OR", "fine-tuning", {
    layers: 1,
    heads: 4,
    innerSize: 64,
    maxLength: 10,
  });
  assert.deepEqual(sizes, {
    hiddenSize: 300,
    maxLength: 10,
    dropout: 0.5,
    layers: 1,
    heads: 4,
    innerSize: 64,
  });
});

Deno.test("on the sample, what one study trains, others take: only studies of many seeds have limits of their own", () => {
  const studies: Study[] = ["fine-tuning", "pre-training", "own data"];
  for (const study of studies) {
    assert.deepEqual(profileSettings("sample", study), profileSettings("sample", "comparison"), study);
  }
});

Deno.test("runs are kept where nothing is said, but for many short ones; null keeps none", () => {
  assert.equal(profileSettings("sample", "ablations").runs, null);
  assert.equal(profileSettings("sample", "ablations", { runs: "/tmp/runs" }).runs, "/tmp/runs");
  assert.equal(profileSettings("OR", "ablations", { runs: undefined }).runs, "../runs");
  assert.equal(profileSettings("OR", "ablations", { runs: null }).runs, null);
});

Deno.test("real data get the same settings in every study", () => {
  const studies: Study[] = ["fine-tuning", "pre-training", "comparison", "ablations", "own data"];
  for (const study of studies) {
    assert.deepEqual(profileSettings("OR", study), profileSettings("OR", "pre-training domains"), study);
  }
});

Deno.test("what a training would refuse in its turn is refused at once, not taken as left open", () => {
  const faults: [TurnedSettings, RegExp][] = [
    [{ experts: 0 }, /^experts: /],
    [{ dropout: 1 }, /^dropout: /],
    [{ hiddenSize: 33 }, /^hiddenSize: /],
    [{ heads: 5 }, /^hiddenSize: /],
    [{ layers: 0 }, /^layers: /],
    [{ innerSize: 1.5 }, /^innerSize: /],
    [{ maxLength: 0 }, /^maxLength: /],
    [{ patience: 0 }, /^patience: /],
    [{ seeds: [1, 1] }, /^seeds: /],
    [{ whiteningSize: 1.5 }, /^whiteningSize: /],
    [{ pretrainingPatience: 0 }, /^pre-training's patience: /],
    [{ pretrainingLearningRate: 0 }, /^pre-training's learningRate: /],
    [{ pretrainingEpochsOf: { CCDR: 1.5 } }, /^pretrainingEpochsOf CCDR: /],
    [{ pretrainingEpochsOf: { CDDR: 4 } }, /^pretrainingEpochsOf: .*"CDDR"/],
  ];
  for (const [fault, message] of faults) {
    assert.throws(() => profileSettings("sample", "comparison", fault), { name: "ParameterError", message });
  }
});

Deno.test("whoever changes the settings changes his own", () => {
  profileSettings("sample", "comparison").learningRates.push(1);
  assert.deepEqual(profileSettings("sample", "comparison").learningRates, [0.001]);
});
