import assert from "node:assert/strict";
import { datasetName, paperResults } from "./paper.ts";
import { bestPublished, publishedScores } from "./published.ts";

const scores = await publishedScores();

Deno.test("every published number is of one of the paper's data sets, and says where it stands", async () => {
  assert.ok(scores.length > 0);
  for (const { dataset, metric, value, source, reads } of scores) {
    const paper = await paperResults(dataset);
    assert.ok(paper?.[metric], `${dataset} ${metric}`);
    // the unit is the paper's: none is a percentage
    assert.ok(value > 0 && value < 0.3, `${value}`);
    assert.ok(source !== "" && reads !== "");
  }
});

Deno.test("the best is the highest that can be compared", () => {
  assert.equal(bestPublished(scores, "Pantry", "NDCG@10")?.system, "MMM4Rec");
  assert.equal(bestPublished(scores, "Arts", "Recall@10")?.value, 0.1314);
  assert.equal(bestPublished(scores, datasetName("OR"), "NDCG@10")?.comparable, false);
  assert.equal(bestPublished(scores, "Scientific", "Recall@50"), null);
  const [one] = scores;
  const other = { ...one, value: 1, comparable: false };
  assert.equal(bestPublished([one, other], one.dataset, one.metric), one);
});
