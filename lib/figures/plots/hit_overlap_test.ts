import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import type { HitOverlap } from "../../studies/hit_overlap.ts";
import { palette } from "../drawing/palette.ts";
import { hitOverlapTable } from "../tables/hit_overlap_table.ts";
import { plotHitOverlap } from "./hit_overlap.ts";

const estimate = (value: number | null) => ({
  value,
  interval: value ? { low: value / 2, high: 0.5 } : null,
});
const overlap = (second: string, by: string, group: string, shares: number[]): HitOverlap => {
  const [both, firstOnly, secondOnly] = shares.map(estimate);
  const missed = estimate(shares[0] + shares[1] === 0 ? null : shares[1] / (shares[0] + shares[1]));
  return { first: "Neighbours", second, by, group, users: 1234, both, firstOnly, secondOnly, missed };
};
const overlaps = ["SASRec", "UniSRec t"].flatMap((second) => [
  overlap(second, "Popularity", "0 (cold)", [0, 0, 0]),
  overlap(second, "Popularity", "1+", [0.25, 0.125, 0.0625]),
  overlap(second, "History", "4+", [0.125, 0.125, 0]),
]);

Deno.test("each pair is a column, each grouping a row, and the parts of a bar lie on each other", () => {
  const parsed = new DOMParser().parseFromString(plotHitOverlap(overlaps, "Recall@10"), "image/svg+xml");
  const panels = [...parsed.querySelectorAll("svg > svg")];
  const at = panels.map((panel) => panel.getAttribute("x"));
  assert.equal(panels.length, 2 + 4); // names, then two rows
  assert.deepEqual(at, ["0", "360", "0", "360", "0", "360"]);
  const texts = [...parsed.querySelectorAll("text")].map((text) => text.textContent);
  for (const name of ["both", "Neighbours alone", "SASRec alone", "UniSRec t alone", "1,234", "25.0"]) {
    assert.ok(texts.includes(name), name);
  }
  const bars = [...panels[2].querySelectorAll("[aria-label=rect] rect")].slice(3); // of the group 1+
  const [both, first, second] = bars.map((bar) => ({
    top: Number(bar.getAttribute("y")),
    height: Number(bar.getAttribute("height")),
    fill: bar.getAttribute("fill"),
  }));
  assert.deepEqual([both, first, second].map(({ fill }) => fill), palette.slice(0, 3));
  assert.ok(Math.abs(both.height - 2 * first.height) < 1 && Math.abs(first.height - 2 * second.height) < 1);
  assert.ok(second.top < first.top && first.top < both.top);
});

Deno.test("readers see shares, and the file has their intervals", () => {
  const { rows, long, columns } = hitOverlapTable("Overlap", overlaps);
  assert.deepEqual(rows[1].slice(0, 8), ["Neighbours", "SASRec", "Popularity", "1+", 1234, 25, 12.5, 6.25]);
  assert.equal(Math.round(rows[1].at(-1) as number), 33);
  assert.equal(rows[0].at(-1), null); // nothing found, nothing missed
  assert.equal(columns.length, rows[0].length);
  assert.deepEqual(long!.rows[1].slice(5, 8), [25, 12.5, 50]);
  assert.equal(long!.columns.length, long!.rows[0].length);
});
