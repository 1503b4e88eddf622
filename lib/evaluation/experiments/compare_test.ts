import assert from "node:assert/strict";
import { compareSystems } from "./compare.ts";
import { measureSettings } from "./select.ts";
import { resultOf } from "./test_helpers.ts";

Deno.test("our systems are compared with the best baseline, metric by metric", () => {
  const selected = measureSettings([
    resultOf("Worse", 0.001, [0, 30]),
    resultOf("Better", 0.001, [0, 20]),
    resultOf("Ours", 0.001, [0, 0]),
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
