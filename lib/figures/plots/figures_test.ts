import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { plotCostAgainstSize } from "./cost_against_size.ts";
import { plotLearningCurves } from "./learning_curves.ts";
import { palette } from "../drawing/palette.ts";
import { seriesLine } from "../drawing/plot.ts";
import { plotPopularity } from "./popularity.ts";
import { plotSequenceLengths } from "./sequence_lengths.ts";

const lengths = plotSequenceLengths([
  { name: "Home & Garden", lengths: [3, 5, 3, 40] },
  { name: "Books", lengths: Int32Array.of(5, 8) },
]);
const ranks = plotPopularity([{ name: "Books", counts: Int32Array.of(900, 40, 7, 7, 1, 0, 0) }]);
const curves = plotLearningCurves([
  { model: "SASRec", epochs: [{ epoch: 0, loss: 8.1, ndcg: null }, { epoch: 1, loss: 6, ndcg: 0.05 }] },
  { model: "UniSRec", epochs: [] },
]);

function parse(svg: string) {
  return new DOMParser().parseFromString(svg, "image/svg+xml");
}

function texts(svg: string): string[] {
  return [...parse(svg).querySelectorAll("text")].map((text) => text.textContent ?? "");
}

Deno.test("every series is named beside its colour", () => {
  assert.ok(lengths.includes("Home &amp; Garden"));
  const [first, second] = [...parse(lengths).querySelectorAll("[aria-label=legend] line")];
  assert.equal(first.getAttribute("stroke"), palette[0]);
  assert.equal(second.getAttribute("stroke"), palette[1]);
  assert.equal(texts(curves).filter((text) => text === "SASRec").length, 1); // for both panels
});

Deno.test("no two of nine series have the same line", () => {
  const lines = Array.from({ length: 9 }, (_, index) => JSON.stringify(seriesLine(index)));
  assert.equal(new Set(lines).size, 9);
});

Deno.test("the share of users falls from all of them at each length that occurs", () => {
  // of users with 3, 3, 5 and 40 interactions all have 3, half have 5 and a quarter has 40
  const svg = parse(plotSequenceLengths([{ name: "Books", lengths: [3, 5, 3, 40] }]));
  const path = svg.querySelector(`path[stroke="${palette[0]}"], [stroke="${palette[0]}"] path`);
  const heights = new Set(String(path?.getAttribute("d")).match(/(?<=,)[0-9.]+/g)?.map(Number));
  const [all, half, quarter] = [...heights].sort((one, other) => one - other);
  assert.equal(heights.size, 3);
  assert.ok(Math.abs((quarter - half) / (half - all) - 0.5) < 1e-6);
});

Deno.test("learning curves leave out epochs without a measurement", () => {
  assert.equal(parse(curves).querySelectorAll("circle").length, 2 + 1 + 1); // losses, NDCG, beside the name
});

Deno.test("after the first epoch of a training the axes have round numbers already", () => {
  const first = plotLearningCurves([{ model: "M", epochs: [{ epoch: 0, loss: 5.824167, ndcg: 0.145863 }] }]);
  const numbers = texts(first).filter((text) => /^[0-9.]+$/.test(text));
  assert.ok(numbers.length >= 8);
  for (const number of numbers) assert.ok(number.length <= 4, number);
});

Deno.test("popularity leaves out items without interactions, which a logarithm cannot show", () => {
  const path = [...parse(ranks).querySelectorAll("path")].at(-1)?.getAttribute("d") ?? "";
  assert.equal(path.split("L").length, 5);
});

Deno.test("cost stands against items and against interactions, each series once in the names and in all four panels", () => {
  const cost = (series: string, items: number, interactions: number) => ({
    series,
    items,
    interactions,
    secondsPerEpoch: 0,
    processorSecondsPerEpoch: items / 100,
    memory: interactions / 1e5,
  });
  const svg = plotCostAgainstSize(
    ["SASRec", "UniSRec"].flatMap((name) => [1e3, 1e6].map((items) => cost(name, items, 1e6))),
    ["SASRec"].flatMap((name) => [1e5, 1e7].map((interactions) => cost(name, 2e4, interactions))),
  );
  assert.equal(texts(svg).filter((text) => text === "UniSRec").length, 1);
  for (const label of ["Items", "Interactions", "Processor seconds per epoch", "Peak memory"]) {
    assert.equal(texts(svg).filter((text) => text.includes(label)).length, 2, label);
  }
});
