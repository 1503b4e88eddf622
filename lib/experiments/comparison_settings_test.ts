import assert from "node:assert/strict";
import { type ComparisonParameters, comparisonSettings } from "./comparison_settings.ts";

const open: ComparisonParameters = {
  experts: 8,
  dropout: null,
  batchSize: null,
  epochs: null,
  patience: null,
  pretrainingLearningRate: null,
  pretrainingBatchSize: null,
  pretrainingEpochs: null,
  pretrainingEpochsOf: {},
  pretrainingPatience: null,
};

Deno.test("what is left open suits the profile, what is set is taken", () => {
  const [small, large] = ["sample", "Scientific"].map((profile) => comparisonSettings(profile, open));
  assert.ok(small.training.batchSize < large.training.batchSize);
  assert.deepEqual(large.training, { batchSize: 2048, epochs: 300, patience: 10 });
  const set = comparisonSettings("Scientific", { ...open, epochs: 24, patience: 5, pretrainingPatience: 1 });
  assert.deepEqual(set.training, { batchSize: 2048, epochs: 24, patience: 5 });
  assert.equal(set.pretraining.patience, 1);
});

Deno.test("what a system would refuse in its turn is refused at once, not taken as left open", () => {
  const faults: [Partial<ComparisonParameters>, RegExp][] = [
    [{ experts: 0 }, /^experts: /],
    [{ dropout: 1 }, /^dropout: /],
    [{ patience: 0 }, /^patience: /],
    [{ pretrainingPatience: 0 }, /^pre-training's patience: /],
    [{ pretrainingLearningRate: 0 }, /^pre-training's learningRate: /],
    [{ pretrainingEpochsOf: { CCDR: 1.5 } }, /^pretrainingEpochsOf CCDR: /],
  ];
  for (const [fault, message] of faults) {
    assert.throws(() => comparisonSettings("sample", { ...open, ...fault }), {
      name: "ParameterError",
      message,
    });
  }
});

Deno.test("a limit for a system that there is not is refused, not passed over", () => {
  assert.throws(() => comparisonSettings("sample", { ...open, pretrainingEpochsOf: { CDDR: 4 } }), {
    name: "ParameterError",
    message: /"CDDR"/,
  });
});
