import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import type { TransferSummary } from "../../experiments/transfer_summary.ts";
import { plotNegatives } from "./negatives.ts";
import { palette } from "../drawing/palette.ts";
import { plotPretrainingLosses } from "./pretraining_losses.ts";
import { plotTransfer } from "./transfer.ts";
import { pairedTestTable, transferTable } from "../tables/transfer_table.ts";

const bars: TransferSummary[] = ["Studio", "Gifts"].flatMap((target) =>
  ["None", "All"].map((variant, i) => ({
    variant,
    target,
    mean: 0.2 + i / 10,
    deviation: 0.01,
    values: [0.19 + i / 10, 0.21 + i / 10],
  }))
);
const transfer = plotTransfer(bars);
const losses = plotPretrainingLosses([5, 4, 3].map((loss) => [
  { task: "sequenceItem", domain: "Games", loss },
  { task: "sequenceItem", domain: "Pantry", loss: loss + 1 },
  { task: "sequenceSequence", domain: "Games", loss: loss / 2 },
  { task: "sequenceSequence", domain: "Pantry", loss },
]));
// instances 0 and 1 are of one user, 0 and 3 have one target; 3 is of another domain
const negatives = plotNegatives([
  { user: 1, target: 5, domain: "Games" },
  { user: 1, target: 6, domain: "Games" },
  { user: 2, target: 7, domain: "Games" },
  { user: 3, target: 5, domain: "Pantry" },
]);

const parse = (svg: string) => new DOMParser().parseFromString(svg, "image/svg+xml");
const texts = (svg: string) => [...parse(svg).querySelectorAll("text")].map((text) => text.textContent ?? "");

Deno.test("every target has a panel with a mean and all runs of each variant", () => {
  for (const text of ["Studio: NDCG@10 →", "Gifts: NDCG@10 →"]) assert.ok(texts(transfer).includes(text));
  assert.equal(texts(transfer).filter((text) => text === "All").length, 2);
  const circles = [...parse(transfer).querySelectorAll("circle")];
  assert.equal(circles.filter((circle) => circle.getAttribute("r") === "4.5").length, 4);
  assert.equal(circles.filter((circle) => circle.getAttribute("r") === "2").length, 8);
});

Deno.test("every task has a panel with a point for each domain and epoch", () => {
  assert.ok(texts(losses).some((text) => text.includes("Sequence–item loss")));
  assert.ok(texts(losses).some((text) => text.includes("Sequence–sequence loss")));
  assert.equal(parse(losses).querySelectorAll("circle").length, 12);
});

Deno.test("only instances of other users with other targets are negatives", () => {
  const count = (fill: string) =>
    [...parse(negatives).querySelectorAll("rect")].filter((cell) => cell.getAttribute("fill") === fill)
      .length;
  const [within, across, positive] = palette;
  assert.deepEqual([count(positive), count(within), count(across)], [4, 4, 4]);
});

Deno.test("tables hold every mean and every comparison", () => {
  const { columns, rows } = transferTable("Transfer", bars);
  assert.deepEqual(rows[1], ["Studio", "All", 0.30000000000000004, 0.01, 2]);
  assert.equal(columns.length, rows[0].length);
  const comparison = { what: "All against None", difference: 0.1, p: 0.02, pairs: 5 };
  assert.deepEqual(pairedTestTable("Tests", [comparison]).rows, [[
    "All against None",
    0.1,
    0.02,
    5,
    "better",
  ]]);
});
