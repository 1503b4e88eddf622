import assert from "node:assert/strict";
import { paperSystems } from "../paper_systems.ts";
import { beyondTable } from "./beyond_table.ts";

const values: Record<string, number> = {
  SASRec: 0.05,
  FDSA: 0.06,
  "UniSRec t": 0.07,
  Neighbours: 0.08,
  Popularity: 0.01,
};
const rows = [{
  dataset: "Scientific",
  metric: "NDCG@10",
  scores: Object.entries(values).map(([system, value]) => ({
    system,
    value,
    deviation: null,
    seeds: 1,
    significant: false,
  })),
  improvement: null,
}];

Deno.test("what Table 3 does not have stands beside the proposed systems and the best baseline it has", async () => {
  const table = beyondTable(rows, await paperSystems(), ["UniSRec t"]);
  assert.deepEqual(table.rows, [
    ["Scientific", "FDSA", "yes", { value: 0.06, mark: null, note: "" }],
    ["Scientific", "UniSRec t", "yes", { value: 0.07, mark: null, note: "" }],
    ["Scientific", "Neighbours", "no", { value: 0.08, mark: "best", note: "" }],
    ["Scientific", "Popularity", "no", { value: 0.01, mark: null, note: "" }],
  ]);
});

Deno.test("a sum that is better than every single system has a star, and the caption says what it is", () => {
  const starred = rows.map((row) => ({
    ...row,
    scores: row.scores.map((score) => ({
      ...score,
      significant: score.system === "Neighbours",
      deviation: 0.001,
    })),
  }));
  const { rows: written, caption } = beyondTable(starred, new Set(["SASRec"]), []);
  assert.deepEqual(written.find(([, system]) => system === "Neighbours")!.at(-1), {
    value: 0.08,
    mark: "best",
    note: "* ± 0.0010",
  });
  assert.match(caption, /\* is a sum/);
});
