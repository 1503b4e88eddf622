import assert from "node:assert/strict";
import { table } from "arquero";
import { tableOfArquero } from "./arquero_tables.ts";

const results = table({
  system: ["SASRec", "<b>"],
  "NDCG@10": [0.0512345678, null],
  learningRate: [0.001, 0.00003],
  epochs: [3, 4],
  runs: [[0], [1, 2]],
  old: [true, false],
});

Deno.test("a table of Arquero's has all its columns, and decimals where there are any", () => {
  const { columns, rows } = tableOfArquero(results);
  assert.deepEqual(columns.map(({ name, digits }) => [name, digits]), [
    ["system", undefined],
    ["NDCG@10", 4],
    ["learningRate", 5],
    ["epochs", undefined],
    ["runs", undefined],
    ["old", undefined],
  ]);
  assert.deepEqual(rows, [["SASRec", 0.0512345678, 0.001, 3, "[0]", "true"], [
    "<b>",
    null,
    0.00003,
    4,
    "[1,2]",
    "false",
  ]]);
  assert.match(tableOfArquero(results, 1).caption, /first 1 of 2 rows/);
});

Deno.test("it shows itself at the end of a cell, and what is made of it does, too", () => {
  const show = (value: object) =>
    (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
  assert.match(show(results)["text/html"], /<td[^>]*>&lt;b&gt;<\/td>/);
  assert.match(show(results.filter((row: { epochs: number }) => row.epochs > 3))["text/plain"], /\| 4 \|/);
});
