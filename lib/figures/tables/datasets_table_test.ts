import assert from "node:assert/strict";
import { toCsv } from "../output/table.ts";
import { datasetsTable } from "./datasets_table.ts";

const score = (system: string, value: number, deviation: number | null = null) => ({
  system,
  value,
  deviation,
  seeds: deviation === null ? 1 : 3,
  significant: true,
});
const rows = [
  {
    dataset: "Toys",
    metric: "Recall@10",
    scores: [score("A", 0.1), score("B", 0.2, 0.001)],
    improvement: null,
  },
  { dataset: "Toys", metric: "Recall@50", scores: [score("A", 0.9), score("B", 0.8)], improvement: null },
  { dataset: "Books", metric: "Recall@10", scores: [score("B", 0.3), score("C", 0.3)], improvement: null },
];

Deno.test("systems are rows, data sets columns; the best is bold, and what was not trained has a gap", () => {
  const { columns, rows: written } = datasetsTable(rows, ["A", "B", "C"]);
  assert.deepEqual(columns.map(({ name }) => name), [
    "model",
    "Toys Recall@10",
    "Toys NDCG@10",
    "Books Recall@10",
    "Books NDCG@10",
  ]);
  const best = (value: number, note = "") => ({ value, mark: "best", note });
  assert.deepEqual(written, [
    ["A", { value: 0.1, mark: null, note: "" }, null, null, null],
    ["B", best(0.2, " ± 0.0010"), null, best(0.3), null],
    ["C", null, null, best(0.3), null],
  ]);
});

Deno.test("its file has a row for each number, with deviation and seeds", () => {
  assert.deepEqual(toCsv(datasetsTable(rows, ["A", "B", "C"])).split("\n").slice(0, 3), [
    "dataset,model,metric,value,std,seeds",
    "Toys,A,Recall@10,0.1,,1",
    "Toys,B,Recall@10,0.2,0.001,3",
  ]);
});
