import assert from "node:assert/strict";
import type { SavedScore } from "../../figures/leader_board/saved_scores.ts";
import { openingHtml } from "./overview_opening.ts";

const scores = (system: string, recall: number, ndcg: number, paper: number | null = null): SavedScore[] =>
  [["Recall@10", recall], ["NDCG@10", ndcg]].map(([metric, value]) => ({
    dataset: "S",
    system,
    metric: String(metric),
    value: Number(value),
    deviation: null,
    paper,
  }));
const inPaper = new Set(["SASRec", "FDSA", "UniSRec t+ID"]);
const published = ["Recall@10", "NDCG@10"].map((metric) => ({
  dataset: "S",
  metric,
  value: 0.2,
  system: "X",
  reads: "",
  comparable: true,
  source: "",
}));

Deno.test("the opening says what came out beside the paper, the best baseline, what goes beyond and what is published", () => {
  const all = [
    ...scores("SASRec", 0.2, 0.05),
    ...scores("FDSA", 0.1, 0.08),
    ...scores("UniSRec t+ID", 0.15, 0.1, 0.12),
    ...scores("Neighbours", 0.3, 0.15),
  ];
  assert.equal(
    openingHtml("S", all, inPaper, published),
    "<p>UniSRec t+ID reaches Recall@10 0.1500 and NDCG@10 0.1000 on S, where the paper has Recall@10 0.1200 and " +
      "NDCG@10 0.1200. Of the paper&#39;s baselines FDSA has the highest NDCG@10: Recall@10 0.1000 and NDCG@10 0.0800, so " +
      "that UniSRec t+ID is 25 % above it in NDCG@10. Of the systems that the paper does not have, Neighbours goes " +
      "farthest: Recall@10 0.3000 and NDCG@10 0.1500, 50 % above UniSRec t+ID in NDCG@10. The best that we know to be " +
      "published, whatever a system reads, is Recall@10 0.2000 (X) and NDCG@10 0.2000 (X).</p>",
  );
});

Deno.test("what is not there is not said", () => {
  assert.equal(openingHtml("S", scores("SASRec", 0.2, 0.05), inPaper, published), "");
  const alone = openingHtml("S", scores("UniSRec t+ID", 0.2, 0.05), inPaper, []);
  assert.equal(alone, "<p>UniSRec t+ID reaches Recall@10 0.2000 and NDCG@10 0.0500 on S.</p>");
});
