import assert from "node:assert/strict";
import { paperResults, paperStatistics } from "./paper.ts";

Deno.test("the paper's Table 2 is found by the folder's name", async () => {
  assert.deepEqual(await paperStatistics("OR"), {
    dataset: "OR (paper)",
    users: 16520,
    items: 3469,
    interactions: 519906,
    averageLength: 26.9,
    averageTextLength: 27.8,
  });
  assert.equal((await paperStatistics("Scientific"))?.users, 8442);
});

Deno.test("every number of Table 3 is a number, with and without a star", async () => {
  for (const dataset of ["Scientific", "Pantry", "Instruments", "Arts", "Office", "OR"]) {
    const results = await paperResults(dataset) ?? {};
    assert.deepEqual(Object.keys(results), ["Recall@10", "NDCG@10", "Recall@50", "NDCG@50"]);
    for (const models of Object.values(results)) {
      assert.equal(Object.keys(models).length, 9);
      for (const value of Object.values(models)) assert.ok(value > 0 && value < 1);
    }
  }
  assert.equal((await paperResults("Scientific"))?.["Recall@10"]["UniSRec_t+ID"], 0.1235);
});

Deno.test("what the paper does not have has no numbers: the sample never stands beside the paper", async () => {
  assert.equal(await paperStatistics("Outdoors"), null);
  assert.equal(await paperResults("sample"), null);
});
