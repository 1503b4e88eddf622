import assert from "node:assert/strict";
import { CheckpointError } from "../errors.ts";
import { parse } from "../schema.ts";
import { checkResult, resultSchema, type SavedResult } from "./result_schema.ts";

const epoch = (epoch: number) => ({
  epoch,
  loss: 7.5,
  parts: { next: 7, contrast: 0.5 },
  metric: 0.03,
  instances: 100,
  seconds: 1.5,
  validationSeconds: 0.5,
});

const saved: SavedResult = {
  settings: { name: "SASRec", seed: 1 },
  code: "0123456789abcdef",
  experiment: { system: "SASRec", dataset: "Small", learningRate: 0.001, hiddenSize: 16, seed: 1 },
  bestEpoch: 1,
  settingsFound: {},
  cost: {
    parameters: 100,
    trainedParameters: 60,
    epochs: 2,
    secondsPerEpoch: 1.5,
    pretrainingEpochs: 0,
    pretrainingSeconds: 0,
    engine: "onnx-cpu, 2 processors",
    memory: 0,
    seconds: 4,
  },
  curve: [epoch(0), epoch(1)],
  ranks: { valid: [0, 4, -1], test: [3, 0, -1] },
};
const domain = { users: 3, items: 5 };

function read(value: unknown): SavedResult {
  const result = parse(resultSchema, value, "runs/a.json", "Delete it.", CheckpointError);
  checkResult("runs/a.json", result, domain);
  return result;
}

Deno.test("a whole result passes as it is", () => {
  assert.deepEqual(read(structuredClone(saved)), saved);
  const unmeasured = {
    ...saved,
    curve: saved.curve.map((record) => ({ ...record, metric: null, parts: {} })),
  };
  assert.deepEqual(read(structuredClone(unmeasured)), unmeasured);
});

Deno.test("a system that is not trained by gradients has no epochs, rates or sizes", () => {
  const counted = {
    ...saved,
    experiment: { ...saved.experiment, learningRate: null, hiddenSize: null, seed: null },
    bestEpoch: -1,
    curve: [],
    cost: { ...saved.cost, epochs: 0, secondsPerEpoch: 0 },
  };
  assert.deepEqual(read(structuredClone(counted)), counted);
});

const withoutLoss = ({ loss: _, ...rest }: ReturnType<typeof epoch>) => rest;
const hundred = new Array(100).fill(0);

for (
  const [what, change, message] of [
    [
      "a rank that is null",
      { ranks: { ...saved.ranks, test: [null, 0, 1] } },
      /ranks\.test\[0\]: .* found null/,
    ],
    ["a rank of −2", { ranks: { ...saved.ranks, valid: [0, -2, 1] } }, /ranks\.valid\[1\]: .* found -2/],
    ["a rank of 0.5", { ranks: { ...saved.ranks, valid: [0.5, 0, 1] } }, /ranks\.valid\[0\]: .* found 0\.5/],
    [
      "a rank beyond the items",
      { ranks: { ...saved.ranks, test: [0, 5, 1] } },
      /ranks\.test\[1\]: expected a rank below 5 items, but found 5/,
    ],
    [
      "ranks of another number of users",
      { ranks: { ...saved.ranks, test: hundred } },
      /ranks\.test: expected a rank for each of 3 users, but found 100 ranks/,
    ],
    ["no ranks", { ranks: null }, /ranks: expected an object, but found null/],
    [
      "an epoch without loss",
      { curve: [epoch(0), withoutLoss(epoch(1))] },
      /curve\[1\]\.loss: .* found none/,
    ],
    ["a loss that is null", { curve: [{ ...epoch(0), loss: null }] }, /curve\[0\]\.loss: .* found null/],
    [
      "epochs in another order",
      { curve: [epoch(1), epoch(0)] },
      /curve\[0\]\.epoch: expected 0, but found 1/,
    ],
    [
      "a best epoch that never was",
      { bestEpoch: 2 },
      /bestEpoch: expected an epoch of the 2 in curve, but found 2/,
    ],
    [
      "a cost of other epochs",
      { cost: { ...saved.cost, epochs: 3 } },
      /cost\.epochs: expected 2, as in curve/,
    ],
    [
      "a cost below 0",
      { cost: { ...saved.cost, secondsPerEpoch: -1 } },
      /cost\.secondsPerEpoch: .* found -1/,
    ],
    [
      "more trained parameters than there are",
      { cost: { ...saved.cost, trainedParameters: 101 } },
      /cost\.trainedParameters: expected at most 100, but found 101/,
    ],
    ["a field too many", { checksum: 5 }, /checksum: expected no such field, but found 5/],
    ["settings that are a list", { settings: [] }, /settings: expected an object, but found \[\]/],
  ] as const
) {
  Deno.test(`a result with ${what} is refused by its field`, () => {
    const where = new RegExp(`^runs/a\\.json, ${message.source}`);
    assert.throws(() => read({ ...saved, ...change }), { name: "CheckpointError", message: where });
  });
}

Deno.test("what is no result at all is refused", () => {
  for (const value of [null, 5, [], "text"]) assert.throws(() => read(value), { name: "CheckpointError" });
});

Deno.test("only in data that are split by time a user may have nothing to be ranked", () => {
  const ranks = { ...saved.ranks, test: saved.ranks.test.with(0, -2) };
  const path = "runs/a.json";
  const size = { users: ranks.test.length, items: 1000 };
  const result = parse(resultSchema, { ...saved, ranks }, path, "Delete it.") as SavedResult;
  checkResult(path, result, { ...size, isByTime: true });
  assert.throws(() => checkResult(path, result, size), {
    message: /ranks\.test\[0\]: expected a whole number/,
  });
});
