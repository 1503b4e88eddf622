import assert from "node:assert/strict";
import { datasetTable } from "./dataset_table.ts";
import { toCsv, toMarkdown } from "../output/table.ts";

Deno.test("Table 2 has its columns, and a gap where there are no texts", () => {
  const table = datasetTable([
    { dataset: "Toys", users: 2, items: 3, interactions: 7, averageLength: 3.5, averageTextLength: null },
  ]);
  assert.equal(toCsv(table), "dataset,users,items,interactions,avg_n,avg_c\nToys,2,3,7,3.5,\n");
  assert.match(table.caption, /Split: leave-one-out\.$/);
  assert.match(toMarkdown(table), /\| Toys \| 2 \| 3 \| 7 \| 3\.50 \| – \|/);
});

Deno.test("Table 2 says who is trained and asked where data are split by time", () => {
  const row = {
    dataset: "Toys",
    users: 9,
    items: 3,
    interactions: 7,
    averageLength: 3.5,
    averageTextLength: null,
  };
  const split = {
    name: "by time, valid from 5, test from 8",
    trainUsers: 6,
    validUsers: 5,
    testUsers: 4,
    laterItems: 2,
    laterTargets: 1,
  };
  assert.equal(
    toCsv(datasetTable([{ ...row, split }, { ...row, dataset: "Games" }])),
    "dataset,users,items,interactions,avg_n,avg_c,split,train_users,valid_users,test_users,later_items\n" +
      'Toys,9,3,7,3.5,,"by time, valid from 5, test from 8",6,5,4,2\n' +
      "Games,9,3,7,3.5,,leave-one-out,9,9,9,\n",
  );
});
