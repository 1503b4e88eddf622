import assert from "node:assert/strict";
import { measureSettings, selectByValidation } from "../../experiments/select.ts";
import { resultOf } from "../../experiments/test_helpers.ts";
import { searchTable } from "./search_table.ts";
import { toMarkdown } from "../output/table.ts";

Deno.test("every setting is listed with its validation NDCG@10, the chosen one of each system in bold", () => {
  const settings = measureSettings([
    resultOf("SASRec", 0.001, [3, 0]),
    resultOf("SASRec", 0.003, [1, 9], 1),
    resultOf("SASRec", 0.003, [0, 9], 2),
    resultOf("FDSA", 3e-5, [7, 7]),
  ]);
  const text = toMarkdown(searchTable(settings, selectByValidation(settings)));
  const rows = text.split("\n").filter((line) => line.includes("Small"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  assert.deepEqual(rows.map((row) => [row[2], row[4], row[5]]), [
    ["SASRec", "0.001", (1 / Math.log2(5)).toFixed(4)],
    ["SASRec", "0.003", `**${((1 / Math.log2(3) + 1) / 2).toFixed(4)}**`],
    ["FDSA", "0.00003", `**${(1 / Math.log2(9)).toFixed(4)}**`],
  ]);
});
