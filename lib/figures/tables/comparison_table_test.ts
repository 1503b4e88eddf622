import assert from "node:assert/strict";
import { comparisonTable } from "./comparison_table.ts";
import { paperResults } from "../paper.ts";
import { toCsv, toMarkdown } from "../output/table.ts";

const score = (system: string, value: number, significant = false) => ({
  system,
  value,
  deviation: null,
  seeds: 1,
  significant,
});
const rows = [{
  dataset: "Scientific",
  metric: "NDCG@10",
  scores: [score("SASRec", 0.05), score("FDSA", 0.06), score("UniSRec t", 0.07, true), score("Mine", 0.07)],
  improvement: 0.07 / 0.06 - 1,
}];

Deno.test("Table 3 marks the best and the second best, and stars what is significant", async () => {
  const table = comparisonTable(rows, { Scientific: await paperResults("Scientific") }, {
    Scientific: "leave-one-out",
  });
  assert.deepEqual(table.rows[0].slice(3), [
    { value: 0.05, mark: null, note: "" },
    { value: 0.06, mark: "second", note: "" },
    { value: 0.07, mark: "best", note: "*" },
    { value: 0.07, mark: "best", note: "" },
    100 * (0.07 / 0.06 - 1),
  ]);
  assert.deepEqual(table.rows[1], ["Scientific", "NDCG@10", "paper", 0.0553, 0.058, 0.0641, null, null]);
  assert.match(toMarkdown(table), /\*\*0\.0700\\\*\*\*/);
});

Deno.test("the CSV of Table 3 has one number in each row", async () => {
  const table = comparisonTable(rows, { Scientific: await paperResults("Scientific") }, {
    Scientific: "leave-one-out",
  });
  const [header, ...lines] = toCsv(table).trim().split("\n");
  assert.equal(header, "dataset,model,metric,value,std,paper");
  assert.equal(lines[2], "Scientific,UniSRec t,NDCG@10,0.07,,0.0641");
  assert.equal(lines[3], "Scientific,Mine,NDCG@10,0.07,,");
});

Deno.test("data that the paper does not have get no row of the paper's", () => {
  const { rows: written } = comparisonTable([{ ...rows[0], dataset: "Studio" }], { Studio: null }, {
    Studio: "leave-one-out",
  });
  assert.equal(written.length, 1);
});

Deno.test("Table 3 says how the data are split: once, or for each data set where they differ", () => {
  const others = [rows[0], { ...rows[0], dataset: "Toys" }];
  const captionOf = (splits: Record<string, string>) => comparisonTable(others, {}, splits).caption;
  assert.match(captionOf({ Scientific: "leave-one-out", Toys: "leave-one-out" }), /Split: leave-one-out\.$/);
  assert.match(
    captionOf({ Scientific: "leave-one-out", Toys: "by time" }),
    /Split: Scientific leave-one-out; Toys by time\.$/,
  );
});

Deno.test("of several seeds Table 3 has mean and deviation, and says what was tested", () => {
  const scores = rows[0].scores.map((score, at) => ({
    ...score,
    deviation: at === 3 ? null : 0.0012,
    seeds: 3,
  }));
  const table = comparisonTable([{ ...rows[0], scores }], {}, { Scientific: "leave-one-out" });
  const markdown = toMarkdown(table);
  assert.match(markdown, /\| 0\.0500 ± 0\.0012 \|/);
  assert.match(markdown, /\*\*0\.0700\\\* ± 0\.0012\*\* \| \*\*0\.0700\*\*/);
  assert.match(table.caption, /each user's mean over a system's seeds/);
  assert.equal(toCsv(table).split("\n")[1], "Scientific,SASRec,NDCG@10,0.05,0.0012,");
});
