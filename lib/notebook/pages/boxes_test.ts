import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { toHtml } from "../../figures/output/table.ts";
import { boxTables, figureBox, tableBox } from "./boxes.ts";

const parse = (html: string) => new DOMParser().parseFromString(`<body>${html}</body>`, "text/html");
const table = (columns: number) =>
  toHtml({
    caption: 'All "items" & more',
    columns: Array.from({ length: columns }, (_, at) => ({ name: `${at}`, heading: `${at}` })),
    rows: [Array.from({ length: columns }, () => 1)],
  });

Deno.test("a table scrolls in a box that the keyboard reaches, with its caption above it", () => {
  const page = parse(tableBox(table(2)));
  assert.equal(page.querySelector("figure > figcaption")?.textContent, 'All "items" & more');
  const box = page.querySelector("figure > .scroll")!;
  assert.equal(box.getAttribute("tabindex"), "0");
  assert.equal(box.getAttribute("aria-label"), 'All "items" & more');
  assert.equal(box.querySelectorAll("table").length, 1);
  assert.equal(box.querySelectorAll("caption").length, 0);
});

Deno.test("a table of more than eight columns is set smaller, so that it fits on the page", () => {
  const page = parse(boxTables(`<p>1</p>${table(8)}<p>2</p>${table(9)}`));
  assert.deepEqual([...page.querySelectorAll("figure")].map(({ className }) => className), [
    "table",
    "table wide",
  ]);
  assert.equal(page.querySelectorAll("p").length, 2);
});

Deno.test("a figure has a name, and says how wide it is drawn", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="342" height="9"></svg>';
  const page = parse(figureBox(svg, { name: "Figure <1>", caption: "<b>Figure 1.</b> All" }));
  const box = page.querySelector(".scroll")!;
  assert.equal(box.getAttribute("role"), "img");
  assert.equal(box.getAttribute("aria-label"), "Figure <1>");
  assert.match(box.getAttribute("style")!, /342px/);
  assert.equal(page.querySelector("figcaption")?.textContent, "Figure 1. All");
  const named = parse(figureBox('<img alt="a" src="a.svg">', { name: "a", svg }));
  assert.match(named.querySelector(".scroll")!.getAttribute("style")!, /342px/);
});
