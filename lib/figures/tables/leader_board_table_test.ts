import assert from "node:assert/strict";
import { toCsv, toMarkdown } from "../output/table.ts";
import { bestOf, type LeaderBoardData, leaderBoardTable } from "./leader_board_table.ts";

const score = (system: string, value: number, interval: { low: number; high: number } | null = null) => ({
  dataset: "Pantry",
  system,
  metric: "NDCG@10",
  value,
  deviation: null,
  paper: null,
  interval,
});
const data: LeaderBoardData[] = [
  {
    dataset: "Pantry",
    scores: [score("SASRec", 0.02, { low: 0.019, high: 0.0215 }), score("Neighbours", 0.04)],
    paper: { "NDCG@10": { SASRec: 0.0218, "UniSRec_t+ID": 0.0311 } },
    published: () => ({
      dataset: "Pantry",
      metric: "NDCG@10",
      value: 0.05,
      system: "X",
      reads: "",
      comparable: false,
      source: "",
    }),
  },
  { dataset: "Mine", scores: [score("SASRec", 0.3)], paper: null, published: () => null },
];
const table = leaderBoardTable("NDCG@10", data, ["SASRec", "Neighbours"]);

Deno.test("a leader board has a row for each system and below them what others print", () => {
  const rows = toMarkdown(table).trim().split("\n").slice(4);
  assert.deepEqual(rows, [
    "| SASRec | <u>0.0200 [0.0190, 0.0215]</u> | **0.3000** |".replace("[", "\\["),
    "| Neighbours | **0.0400** | – |",
    "| Paper: UniSRec t+ID | 0.0311 | – |",
    "| Paper: best of its Table 3 | 0.0311 (UniSRec t+ID) | – |",
    "| Best published | 0.0500 (X) † | – |",
  ]);
});

Deno.test("its CSV has a row for each number, with the bounds", () => {
  assert.deepEqual(toCsv(table).split("\n").slice(0, 3), [
    "dataset,system,metric,value,std,low,high,paper",
    "Pantry,SASRec,NDCG@10,0.02,,0.019,0.0215,",
    "Pantry,Neighbours,NDCG@10,0.04,,,,",
  ]);
});

Deno.test("the best of no numbers is none", () => {
  assert.equal(bestOf(undefined), null);
  assert.deepEqual(bestOf({ a: 1, b: 2 }), { name: "b", value: 2 });
});
