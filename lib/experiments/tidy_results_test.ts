import assert from "node:assert/strict";
import { op } from "arquero";
import { resultOf } from "./test_helpers.ts";
import { tidyResults } from "./tidy_results.ts";

const results = [resultOf("A", 0.001, [3, 0]), resultOf("A", 0.003, [1, 9], 2), resultOf("B", 0.001, [5, 5])];

Deno.test("every run is one row, with its settings, metrics, cost and the place of its ranks", () => {
  const table = tidyResults(results);
  assert.equal(table.numRows(), 3);
  assert.deepEqual(table.array("run"), [0, 1, 2]);
  assert.deepEqual(table.array("seed"), [1, 2, 1]);
  assert.deepEqual(table.array("valid Recall@10"), [1, 1, 1]);
  assert.deepEqual(table.array("test Recall@10"), [39 / 40, 39 / 40, 39 / 40]); // one user's item comes hundredth
  assert.deepEqual(table.array("ofOtherCode"), [false, false, false]);
  assert.ok(table.columnNames().includes("secondsPerEpoch"));
});

Deno.test("it is grouped and pivoted as any table of Arquero's, by metrics at any K", () => {
  const best = tidyResults(results, ["NDCG@2", "NDCG@10"])
    .groupby("system").rollup({ best: op.max("valid NDCG@2") });
  assert.deepEqual(best.array("system"), ["A", "B"]);
  const [a, b] = best.array("best") as number[];
  assert.ok(Math.abs(a - 1 / Math.log2(3)) < 1e-12);
  assert.equal(b, 0);
});

Deno.test("what is no metric is refused", () => {
  assert.throws(() => tidyResults(results, ["Hits"]), { name: "ParameterError" });
});
