import assert from "node:assert/strict";
import { paperResults } from "../paper.ts";
import { resultsTable } from "./results_table.ts";
import { toCsv } from "../output/table.ts";

const means = { "Recall@10": 0.1, "NDCG@10": 0.05, "Recall@50": 0.2, "NDCG@50": 0.07, "MRR@10": 0.04 };
const results = ["SASRec", "UniSRec t", "UniSRec t+ID", "Mine"].map((model) => ({ model, means }));

Deno.test("ours stand alone where the paper does not have the data set", () => {
  const table = resultsTable("Studio", results.slice(0, 1), null);
  assert.equal(toCsv(table), "model,Recall@10,NDCG@10,Recall@50,NDCG@50\nSASRec,0.1,0.05,0.2,0.07\n");
});

Deno.test("the paper's numbers stand beside ours, and none beside a model that it does not have", async () => {
  const { rows } = resultsTable("Scientific", results, await paperResults("Scientific"));
  assert.deepEqual(rows.map((row) => row[4]), [0.0553, 0.0641, 0.0634, null]);
  assert.deepEqual(rows.map((row) => row[2]), [0.108, 0.1188, 0.1235, null]);
});

Deno.test("a variant stands beside the paper's model that it is named for", async () => {
  const variants = [{ model: "Mine", paperModel: "UniSRec t", means }, {
    model: "SASRec",
    paperModel: null,
    means,
  }];
  const { rows } = resultsTable("Scientific", variants, await paperResults("Scientific"));
  assert.deepEqual(rows.map((row) => row[2]), [0.1188, null]);
});
