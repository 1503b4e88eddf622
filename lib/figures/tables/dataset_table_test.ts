import assert from "node:assert/strict";
import { datasetTable } from "./dataset_table.ts";
import { toCsv, toMarkdown } from "../output/table.ts";

Deno.test("Table 2 has its columns, and a gap where there are no texts", () => {
  const table = datasetTable([
    { dataset: "Toys", users: 2, items: 3, interactions: 7, averageLength: 3.5, averageTextLength: null },
  ]);
  assert.equal(toCsv(table), "dataset,users,items,interactions,avg_n,avg_c\nToys,2,3,7,3.5,\n");
  assert.match(toMarkdown(table), /\| Toys \| 2 \| 3 \| 7 \| 3\.50 \| – \|/);
});
