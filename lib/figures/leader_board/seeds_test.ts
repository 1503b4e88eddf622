import assert from "node:assert/strict";
import { groupSeeds } from "./seeds.ts";
import { savedResult } from "./test_results.ts";

Deno.test("results that differ in the seed alone belong together, though their code's fingerprint has it in it", () => {
  const [one, two] = [1, 2].map((seed) => ({
    ...savedResult("SASRec", { seed, test: [0] }),
    code: `c${seed}`,
  }));
  const other = savedResult("SASRec", { learningRate: 0.1, test: [0] });
  assert.deepEqual(groupSeeds([one, other, two]), [[one, two], [other]]);
});

Deno.test("of results of one seed that differ in the code the last one stands for it", () => {
  const [old, now] = ["a", "b"].map((code) => ({ ...savedResult("SASRec", { test: [0] }), code }));
  const second = savedResult("SASRec", { seed: 2, test: [0] });
  assert.deepEqual(groupSeeds([old, second, now]), [[now, second]]);
});
