import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { packSequences } from "../../data/domain.ts";
import type { SharedTransition } from "../../studies/transitions_shared.ts";
import type { TextDomain } from "../../text/with_texts.ts";
import { plotCaseStudy } from "./case_study.ts";
import { caseRanksTable, sharedTransitionsTable } from "../tables/case_study_tables.ts";
import { pointsPerPixel, svgSize, twoColumns } from "../drawing/plot.ts";
import { widthOfText } from "../drawing/wrap_text.ts";

function domainOf(name: string, itemTexts: string[], lists: number[][]): TextDomain {
  return {
    name,
    itemIds: itemTexts.map((_, item) => `${name} ${item}`),
    itemTexts,
    userIds: lists.map((_, user) => `user ${user}`),
    sequences: packSequences(lists),
    features: { values: new Float32Array(itemTexts.length), rows: itemTexts.length, width: 1 },
  };
}

/** A list of recommended items, best first. */
const listOf = (...items: number[]) => items.map((index) => ({ index, item: String(index), score: 1 }));

const long = "A cat tree with <three> platforms & a hammock, ".repeat(9) +
  "Donaudampfschifffahrtsgesellschaftskapitän";
const source = domainOf("Pets", ["Dog leash", long, "Kettle", "Bowl", "Mat"], [[2], [0, 2, 3, 4, 1]]);
const target = domainOf("Gifts", ["Cat sign", "dog door stop", " "], [[2, 1, 0], [1, 2, 0]]);
const found: SharedTransition[] = [{
  domain: source,
  source: { user: 1, start: 0, end: 4 },
  target: { user: 0, start: 1, end: 2 },
  startCosine: 0.75,
  endCosine: 0.5,
  transitionCosine: 0.625,
}];
const ranks = [{ model: "SASRec", ranks: Int32Array.of(2, 0) }, {
  model: "UniSRec t",
  ranks: Int32Array.of(0, -1),
}];
const svg = plotCaseStudy(found[0], target, {
  keywords: ["dog", "cat"],
  recommended: [{ heading: "SASRec", items: listOf(2, 1) }, { heading: "UniSRec t", items: listOf(0, 2) }],
  ranks,
});
const figure = new DOMParser().parseFromString(svg, "image/svg+xml");
/** The lines of each text of the figure. */
const texts = [...figure.querySelectorAll("text")].map((text) => {
  const lines = [...text.querySelectorAll("tspan")].map((line) => line.textContent ?? "");
  return lines.length > 0 ? lines : [text.textContent ?? ""];
});

Deno.test("the case study shows both histories, the shared transition and the recommendations", () => {
  const [sourceTitle, ...rest] = texts;
  assert.deepEqual(sourceTitle, ["Source: a user of Pets with 5 items"]);
  // the start is drawn even though it is longer ago than there are cards
  assert.deepEqual(rest[0], ["item 1 · start: dog", "Dog leash"]);
  assert.deepEqual(rest[1], ["item 3", "Bowl"]);
  assert.equal(rest[3][0], "item 5 · end: cat");
  assert.deepEqual(rest[4], ["Target: a user of Gifts with 3 items"]);
  assert.deepEqual(rest.slice(5, 8), [
    ["item 1", "Gifts 2"], // known by its identifier, as it has no text
    ["item 2 · start: dog", "dog door stop"],
    ["item 3 · end: cat", "Cat sign"],
  ]);
  assert.equal(
    rest[8].join(" ").replaceAll("\u00a0", " "),
    "Rank of the last item among all 3, those before included: SASRec 3; UniSRec t 1",
  );
  assert.deepEqual(rest.slice(10, 12), [["1", "Gifts 2"], ["2", "dog door stop"]]);
  assert.deepEqual(rest.slice(13), [["1 · chosen", "Cat sign"], ["2", "Gifts 2"]]);
});

Deno.test("long texts are cut on the card and whole in its title", () => {
  const card = texts[4];
  assert.match(card.at(-1)!, /…$/);
  for (const line of card.slice(1)) assert.ok(widthOfText(line, 12) <= 142, line);
  const titles = [...figure.querySelectorAll("title")].map((title) => title.textContent);
  assert.ok(titles.includes(long));
});

Deno.test("the figure stands alone, fits on a page and can be read in print", () => {
  assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.doesNotMatch(svg, /<style|var\(|currentColor|NaN|undefined/);
  const { width, height } = svgSize(svg);
  assert.ok(width <= twoColumns && height <= 1.3 * twoColumns, `${width} × ${height}`);
  const sizes = [...figure.querySelectorAll("[font-size]")].map((element) =>
    Number(element.getAttribute("font-size"))
  );
  assert.ok(sizes.every((size) => size * pointsPerPixel >= 7), sizes.join(" "));
});

Deno.test("cards do not overlap and stay within the figure", () => {
  const { width, height } = svgSize(svg);
  const boxes = [...figure.querySelectorAll("rect")].map((rect) =>
    ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name)))
  );
  assert.equal(boxes.length, 11);
  for (const [x, y, w, h] of boxes) {
    assert.ok(x >= 0 && y >= 0 && x + w <= width && y + h <= height);
    const over = boxes.filter(([x2, y2, w2, h2]) => x < x2 + w2 && x2 < x + w && y < y2 + h2 && y2 < y + h);
    assert.equal(over.length, 1); // itself
  }
});

Deno.test("tables name every case, with ranks counted from 1", () => {
  const shared = sharedTransitionsTable("Shared", found, target);
  const [row] = shared.rows;
  assert.match(String(row[2]), /^Dog leash → A cat tree.*…$/);
  assert.deepEqual(row.slice(3), ["dog door stop → Cat sign", 0.75, 0.5, 0.625]);
  assert.equal(shared.columns.length, row.length);
  const { columns, rows } = caseRanksTable(found, ranks, target);
  assert.deepEqual(columns.map(({ name }) => name), ["case", "item", "SASRec", "UniSRec t"]);
  // the median leaves out the user without a rank
  assert.deepEqual(rows, [["1", "Cat sign", 3, 1], ["all users", "median", 2, 1]]);
});
