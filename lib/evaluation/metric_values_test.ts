import assert from "node:assert/strict";
import { metricValues } from "./metric_values.ts";

Deno.test("a metric is had by its name at any cutoff", () => {
  const ranks = Int32Array.of(0, 2, -1);
  assert.deepEqual([...metricValues(ranks, "MRR@3")], [1, 1 / 3, 0]);
  assert.deepEqual([...metricValues(ranks, "NDCG@2")], [1, 0, 0]);
});

Deno.test("what is no metric is refused by the parameter's name", () => {
  for (const name of ["NDCG", "NDCG@0", "NDCG@1.5", "ndcg@10", "Hit@10", "NDCG@10 "]) {
    assert.throws(() => metricValues(Int32Array.of(0), name, "selectBy"), {
      name: "ParameterError",
      message: /^selectBy: expected Recall@K/,
    });
  }
});
