import assert from "node:assert/strict";
import { type Table, toMarkdown } from "./table.ts";
import { markdownAsText, toText } from "./table_text.ts";

const table: Table = {
  caption: "A table with * in it",
  columns: [{ name: "model", heading: "Model" }, { name: "ndcg", heading: "NDCG@10", digits: 4 }],
  rows: [
    ["SASRec | a_b", { value: 0.05, mark: "second", note: "" }],
    ["UniSRec t", { value: 0.0604, mark: "best", note: "*" }],
    ["none", null],
  ],
};

Deno.test("columns stand in line, numbers to the right, without what Markdown needs", () => {
  assert.equal(
    toText(table),
    [
      "A table with * in it",
      "",
      "Model         NDCG@10",
      "SASRec | a_b   0.0500",
      "UniSRec t     0.0604*",
      "none                –",
      "",
    ].join("\n"),
  );
  assert.equal(markdownAsText(toMarkdown(table)), toText(table));
});

Deno.test("a table that is too wide is turned around, if that helps", () => {
  const wide = {
    ...table,
    columns: ["metric", "SASRec", "UniSRec t+ID"].map((name) => ({ name, heading: name, digits: 2 })),
    rows: [["NDCG@10", 0.5, 0.25]],
  };
  assert.equal(
    toText(wide, 20),
    "A table with * in it\n\nmetric        NDCG@10\nSASRec           0.50\nUniSRec t+ID     0.25\n",
  );
  assert.match(toText(wide, 80), /\nNDCG@10 +0\.50 +0\.25\n$/);
});

Deno.test("a table without rows has its headings, and a text without a table is its caption", () => {
  assert.equal(toText({ ...table, rows: [] }), "A table with * in it\n\nModel  NDCG@10\n");
  assert.equal(markdownAsText("Only words\n"), "Only words\n");
});
