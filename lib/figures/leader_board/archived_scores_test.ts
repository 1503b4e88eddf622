import assert from "node:assert/strict";
import { archivedScores } from "./archived_scores.ts";
import { savedResult } from "./test_results.ts";

const results = [
  savedResult("SASRec", { test: [0, 0] }),
  savedResult("Neighbours", { learningRate: 0.1, valid: 9, test: [0, 0] }),
  savedResult("Neighbours", { valid: 1, test: [0, 99] }),
  savedResult("Neighbours", { valid: 1, seed: 2, test: [99, 99] }),
];

Deno.test("of systems that no table has, what is best on validation items is taken, its seeds together", () => {
  const known = { dataset: "Scientific", system: "SASRec", metric: "NDCG@10", value: 1 };
  const scores = archivedScores(results, [{ ...known, deviation: null, paper: null }]);
  assert.deepEqual([...new Set(scores.map(({ system }) => system))], ["Neighbours"]);
  const recall = scores.find(({ metric }) => metric === "Recall@10")!;
  assert.equal(recall.value, 0.25);
  assert.ok(Math.abs(recall.deviation! - Math.sqrt(0.125)) < 1e-12);
});
