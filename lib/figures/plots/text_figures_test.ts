import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { plotCosines } from "./cosine_histogram.ts";
import { plotGates } from "./gate_heat_map.ts";
import { plotItemMaps } from "./item_map.ts";
import { palette } from "../drawing/palette.ts";
import { svgSize } from "../drawing/plot.ts";
import { plotSpectra } from "./spectra.ts";
import { plotTextLengths } from "./text_lengths.ts";

const spectra = plotSpectra([
  { name: "Text & brand", singularValues: [50, 5, 0.5, 0] },
  { name: "Whitening-3", singularValues: Float64Array.of(7, 7, 7) },
]);
const cosines = plotCosines([
  { name: "Text & brand", cosines: [0.8, 0.8, 0.8, 0.4] },
  { name: "Whitening-3", cosines: Float64Array.of(-1, 1) },
]);
const gates = plotGates([
  { name: "Home & Garden", gates: [0.1, 0.9] },
  { name: "Books", gates: Float64Array.of(0.75, 0.25) },
]);
const points = { values: Float32Array.of(0, 0, 1, 1, 0, 1), rows: 3, width: 2 };
const maps = plotItemMaps([
  { title: "Text features", domains: [{ name: "Home & Garden", points }, { name: "Books", points }] },
  { title: "Adaptor", domains: [{ name: "Home & Garden", points }, { name: "Books", points }] },
]);

function parse(svg: string) {
  return new DOMParser().parseFromString(svg, "image/svg+xml");
}

/** Returns the points of the line in the colour of series `index`. */
function lineOf(svg: string, index: number): { x: number; y: number }[] {
  const colour = palette[index];
  const path = parse(svg).querySelector(`path[stroke="${colour}"], [stroke="${colour}"] path`);
  const numbers = String(path?.getAttribute("d")).match(/-?[0-9.]+/g)!.map(Number);
  return Array.from(
    { length: numbers.length / 2 },
    (_, at) => ({ x: numbers[2 * at], y: numbers[2 * at + 1] }),
  );
}

Deno.test("every figure of item vectors names its series", () => {
  assert.match(spectra, /Text &amp; brand/);
  assert.match(cosines, /Whitening-3/);
  assert.match(gates, /Home &amp; Garden/);
});

Deno.test("spectra fall by the same step for the same ratio, are flat where all are equal, and leave out zeros", () => {
  const falling = lineOf(spectra, 0);
  assert.equal(falling.length, 3);
  assert.ok(Math.abs((falling[2].y - falling[1].y) - (falling[1].y - falling[0].y)) < 1e-6);
  assert.equal(new Set(lineOf(spectra, 1).map(({ y }) => y)).size, 1);
});

Deno.test("cosines are counted in bins, in per cent of the pairs", () => {
  const heights = lineOf(cosines, 0).map(({ y }) => y);
  const zero = Math.max(...heights);
  const [large, small] = [...new Set(heights)].sort((one, other) => one - other);
  // 75 % and 25 %, on a square root; a path's coordinates are written with three decimals
  assert.ok(Math.abs((zero - large) / (zero - small) - Math.sqrt(3)) < 1e-4);
});

Deno.test("the names of a cosine histogram cover none of its lines", () => {
  const ground = parse(cosines).querySelector("[aria-label=legend] rect");
  const names = Number(ground?.getAttribute("y")) + Number(ground?.getAttribute("height"));
  for (const index of [0, 1]) {
    for (const { y } of lineOf(cosines, index)) assert.ok(y >= names, `${y} above ${names}`);
  }
});

Deno.test("a heat map's cells carry their weights, and are paler the nearer to equal weights", () => {
  const cells = [...parse(gates).querySelectorAll("rect")];
  assert.equal(cells.length, 4);
  const texts = [...parse(gates).querySelectorAll("text")].map(({ textContent }) => textContent);
  for (const weight of ["0.100", "0.900", "0.750", "0.250"]) assert.ok(texts.includes(weight), weight);
  const [little, much, more, less] = cells.map((cell) =>
    String(cell.getAttribute("fill")).match(/\d+/g)!.map(Number)
  );
  const lightness = (colour: number[]) => colour[0] + colour[1] + colour[2];
  assert.ok(lightness(much) < lightness(more) && lightness(little) < lightness(less));
  assert.ok(more[0] > more[2] && less[2] > less[0]); // orange and purple
});

Deno.test("maps show every item in its domain's colour, and name the domains once", () => {
  const document = parse(maps);
  const dots = [...document.querySelectorAll("[aria-label=dot] circle")];
  assert.equal(dots.length, 12);
  assert.equal(dots.filter((dot) => dot.getAttribute("fill") === palette[1]).length, 6);
  const texts = [...document.querySelectorAll("text")].map(({ textContent }) => textContent);
  assert.deepEqual(texts.filter((text) => text === "Books").length, 1);
  assert.ok(texts.includes("Text features") && texts.includes("Adaptor"));
});

Deno.test("a map of many items shows as many as can be told apart, from the whole table", () => {
  const rows = 5000;
  const values = Float32Array.from({ length: 2 * rows }, (_, at) => Math.floor(at / 2)); // along a diagonal
  const svg = plotItemMaps([{
    title: "Many",
    domains: [{ name: "Books", points: { values, rows, width: 2 } }],
  }]);
  const across = [...parse(svg).querySelectorAll("[aria-label=dot] circle")].map((dot) =>
    Number(dot.getAttribute("cx"))
  );
  assert.equal(across.length, 1200);
  assert.ok(Math.max(...across) - Math.min(...across) > 0.8 * svgSize(svg).width);
});

Deno.test("text lengths are counted in per cent of the domain's items", () => {
  const svg = plotTextLengths("tokens", [
    { name: "Books", lengths: [2, 2, 2, 7] },
    { name: "Games", lengths: Int32Array.of(4) },
  ]);
  assert.match(svg, /Length of an item&#x27;s text, tokens|Length of an item's text, tokens/);
  const [books, games] = [lineOf(svg, 0), lineOf(svg, 1)];
  const zero = Math.max(...books.map(({ y }) => y));
  const height = (line: { y: number }[]) => zero - Math.min(...line.map(({ y }) => y));
  assert.ok(Math.abs(height(games) / height(books) - 4 / 3) < 1e-6); // 100 % and 75 %
});

Deno.test("a catalogue of a million items has a figure of text lengths", () => {
  const lengths = Int32Array.from({ length: 1e6 }, (_, item) => item % 50);
  assert.match(plotTextLengths("tokens", [{ name: "Home", lengths }]), /<svg/);
});
