import assert from "node:assert/strict";
import { compareSystems } from "./compare.ts";
import type { ExperimentResult } from "./result_file.ts";
import { selectByValidation } from "./select.ts";

const users = 40;
const cost = {
  parameters: 1,
  trainedParameters: 1,
  epochs: 1,
  secondsPerEpoch: 1,
  pretrainingEpochs: 0,
  pretrainingSeconds: 0,
  memory: 0,
};

/** A result whose validation and test items all have the given ranks, one user's test item excepted. */
function result(
  system: string,
  learningRate: number,
  [valid, test]: [number, number],
  seed = 1,
): ExperimentResult {
  return {
    experiment: { system, dataset: "Small", learningRate, hiddenSize: 16, seed },
    ranks: {
      valid: new Int32Array(users).fill(valid),
      test: Int32Array.from({ length: users }, (_, user) => user === 0 ? 99 : test),
    },
    bestEpoch: 0,
    curve: [],
    cost,
  };
}

Deno.test("hyper-parameters are chosen on the validation items, whatever the test items say", () => {
  const results = [result("A", 0.001, [3, 0]), result("A", 0.003, [1, 9]), result("B", 0.001, [5, 5])];
  const [a, b] = selectByValidation(results);
  assert.deepEqual([a.system, a.learningRate], ["A", 0.003]);
  assert.equal(b.system, "B");
  assert.equal(a.results[0], results[1]);
});

Deno.test("seeds of one setting count together", () => {
  const good = result("A", 0.001, [0, 0], 1);
  const bad = result("A", 0.001, [60, 60], 2);
  const steady = [1, 2].map((seed) => result("A", 0.003, [1, 1], seed));
  const [selected] = selectByValidation([good, bad, ...steady]);
  assert.equal(selected.learningRate, 0.003); // 1/log2(3) > 1/2
  assert.deepEqual(selected.results, steady);
});

Deno.test("our systems are compared with the best baseline, metric by metric", () => {
  const selected = selectByValidation([
    result("Worse", 0.001, [0, 30]),
    result("Better", 0.001, [0, 20]),
    result("Ours", 0.001, [0, 0]),
  ]);
  const rows = compareSystems(selected, ["Ours"]);
  const ndcg = rows.find(({ metric }) => metric === "NDCG@50")!;
  assert.ok(Math.abs(ndcg.improvement! - (Math.log2(22) - 1)) < 1e-12);
  assert.deepEqual(ndcg.scores.map(({ significant }) => significant), [false, false, true]);
  const recall = rows.find(({ metric }) => metric === "Recall@50")!;
  assert.equal(recall.improvement, 0);
  assert.deepEqual(recall.scores.map(({ significant }) => significant), [false, false, false]);
  assert.equal(rows.find(({ metric }) => metric === "Recall@10")!.improvement, null); // the baselines have 0
});
