import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { type LongTailPoint, plotLongTail } from "./long_tail.ts";
import { longTailTable } from "../tables/long_tail_table.ts";
import { palette } from "../drawing/palette.ts";

const none = { value: null, interval: null };
const point = (group: string, users: number, model: string, improvement: LongTailPoint["improvement"]) => ({
  group,
  users,
  model,
  mean: { value: 0.25, interval: { low: 0.2, high: 0.3 } },
  improvement,
});
const points: LongTailPoint[] = [
  point("0 (cold)", 37, "SASRec", none),
  point("0 (cold)", 37, "Text & ID", none),
  point("[1, 5)", 1964, "SASRec", { value: 0, interval: null }),
  point("[1, 5)", 1964, "Text & ID", { value: 0.5, interval: { low: 0.25, high: 1 } }),
  point("5+", 20, "SASRec", { value: 0, interval: null }),
  point("5+", 20, "Text & ID", { value: -0.1, interval: null }),
];
const svg = plotLongTail(points, "Recall@10", "SASRec");
const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
const texts = [...parsed.querySelectorAll("text")].flatMap((text) =>
  text.querySelector("tspan")
    ? [...text.querySelectorAll("tspan")].map((line) => line.textContent ?? "")
    : [text.textContent ?? ""]
);

Deno.test("both panels name all groups, and the counts stand on the bars", () => {
  for (const group of ["0 (cold)", "[1, 5)", "5+"]) {
    assert.equal(texts.filter((text) => text === group).length, 2, group);
  }
  for (const count of ["37", "1,964", "20"]) assert.ok(texts.includes(count), count);
});

Deno.test("the baseline is the line at 0, not a series, and where it finds none the figure says so", () => {
  assert.ok(texts.some((text) => text.includes("Improvement of Recall@10 over SASRec (%)")));
  assert.equal(texts.filter((text) => text === "Text & ID").length, 1);
  assert.equal(texts.filter((text) => text.endsWith("finds none")).length, 1);
  assert.ok(!svg.includes(palette[0]));
});

Deno.test("only points with an interval are filled and have one drawn", () => {
  const marks = (selector: string) => parsed.querySelectorAll(`[aria-label=${selector}]`);
  const dots = [...marks("dot")].map((group) => [...group.querySelectorAll("path")]);
  assert.deepEqual(dots.map((group) => group.length), [1, 2]); // the legend's, and one for each defined point
  assert.deepEqual(dots[1].map((dot) => dot.getAttribute("fill")), [palette[1], "white"]);
  const intervals = [...marks("rule")].flatMap((group) => [...group.querySelectorAll("line")])
    .filter((line) => line.parentElement?.getAttribute("stroke") === palette[1]);
  assert.equal(intervals.length, 1);
});

Deno.test("the table holds every mean and improvement, with a gap where there is none", () => {
  const { columns, rows } = longTailTable("Long tail", points, "Recall@10", "SASRec");
  assert.deepEqual(rows[1], ["0 (cold)", 37, "Text & ID", 0.25, 0.2, 0.3, null, null, null]);
  assert.deepEqual(rows[3], ["[1, 5)", 1964, "Text & ID", 0.25, 0.2, 0.3, 50, 25, 100]);
  assert.deepEqual(rows[5].slice(6), [-10, null, null]);
  assert.equal(columns.length, rows[0].length);
});
