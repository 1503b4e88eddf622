import assert from "node:assert/strict";
import fc from "fast-check";
import { DOMParser } from "linkedom";
import { escapeMarkdown } from "../../figures/output/markdown.ts";
import { toMarkdown } from "../../figures/output/table.ts";
import type { Cell, Notebook, Output } from "../running/notebook_file.ts";
import { renderHtml, renderMarkdown } from "./render_html.ts";

const prose = (source: string): Cell => ({ cell_type: "markdown", metadata: {}, source });
const code = (source: string, ...outputs: Output[]): Cell => ({
  cell_type: "code",
  metadata: {},
  source,
  outputs,
});
const display = (data: Record<string, string | string[]>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

function render(...cells: Cell[]): Promise<string> {
  const notebook: Notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return renderHtml(notebook, "A & B");
}

function parse(html: string) {
  return new DOMParser().parseFromString(html, "text/html");
}

Deno.test("prose becomes HTML with maths that needs no fonts from elsewhere", async () => {
  const page = parse(
    await render(
      prose("# Title\n\nThe loss $\\ell = -\\log p$ and\n\n$$\\sum_i x_i$$\n\n| a |\n|---|\n| 1 |"),
    ),
  );
  assert.equal(page.querySelector("title")?.textContent, "A & B");
  assert.equal(page.querySelector("h1")?.textContent, "Title");
  assert.equal(page.querySelectorAll("math").length, 2);
  assert.equal(page.querySelectorAll(".katex-html").length, 2);
  assert.match(page.querySelector("style")!.textContent, /KaTeX_Main[^]*data:font/);
  assert.equal(page.querySelector("td")?.textContent, "1");
});

Deno.test("HTML in Markdown is text, but for the underlines of tables", async () => {
  const html = "<img src=x onerror=alert(1)>";
  const page = parse(await render(prose(`a <b>${html}\n\n<div>${html}</div>\n\n1 <u>2</u>`)));
  assert.equal(page.querySelectorAll("img, b, div").length, 0);
  assert.ok(page.querySelector("p")?.textContent.includes(html));
  assert.equal(page.querySelector("u")?.textContent, "2");
});

Deno.test("any escaped text comes back from Markdown as it went in, in a line, a list and a table", () => {
  const unit = fc.oneof(
    fc.constantFrom(..."\\`*_{}[]()<>#+-=.!|~$&@:;/\"'^ 01aé漢"),
    fc.constantFrom("www.", "https://", "&amp;", "<b>", "[x] ", "](a)", "a@b.c", "    "),
  );
  fc.assert(fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
    const expected = text.replace(/ +/g, " ").trim();
    const textOf = (markdown: string, tag: string) => {
      const found = parse(`<html><body>${renderMarkdown(markdown)}</body></html>`).querySelector(tag);
      assert.equal(found?.querySelectorAll("*").length ?? 0, 0, markdown);
      return (found?.textContent ?? "").replace(/ +/g, " ").trim();
    };
    const escaped = escapeMarkdown(text);
    assert.equal(textOf(escaped, "p"), expected);
    assert.equal(textOf(`1. ${escaped}`, "li"), expected);
    const table = { caption: "a", columns: [{ name: "b", heading: "c" }], rows: [[text]] };
    assert.equal(textOf(toMarkdown(table), "td"), expected);
  }));
});

Deno.test("code is highlighted and its text stays whole", async () => {
  const source = 'const a = "<b>"; // why';
  const page = parse(await render(code(source)));
  assert.equal(page.querySelector("pre.source")?.textContent, source);
  assert.equal(page.querySelector(".hljs-comment")?.textContent, "// why");
});

Deno.test("of several forms the richest is shown", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>';
  const page = parse(
    await render(
      code(
        "1",
        display({
          "text/plain": "hidden",
          "image/png": "AAAA",
          "text/html": ["<table><tr>", "<td>5</td></tr></table>"],
        }),
      ),
      code("2", display({ "text/plain": "hidden", "image/svg+xml": svg })),
      code("3", display({ "text/plain": "hidden", "image/png": "AA\nAA" })),
      code("4", display({ "text/plain": "hidden", "text/markdown": "**bold**" })),
      code("5", display({ "text/plain": "a < b" })),
    ),
  );
  assert.equal(page.querySelector("td")?.textContent, "5");
  assert.equal(page.querySelectorAll("svg circle").length, 1);
  assert.deepEqual([...page.querySelectorAll("img")].map((image) => image.getAttribute("src")), [
    "data:image/png;base64,AAAA",
  ]);
  assert.equal(page.querySelector("strong")?.textContent, "bold");
  assert.equal(page.querySelector(".output > pre")?.textContent, "a < b");
  assert.doesNotMatch(page.body.textContent, /hidden/);
});

Deno.test("tables and figures have boxes, figures with the name of the heading above them", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
  const page = parse(
    await render(
      prose("# A\n\n## The `loss`\n\n| a |\n|---|\n| 1 |"),
      code(
        "1",
        display({ "text/html": svg }),
        display({ "text/html": "<table><caption>C</caption></table>" }),
      ),
    ),
  );
  assert.equal(page.querySelector(".figure > .scroll")?.getAttribute("aria-label"), "Figure: The `loss`");
  assert.equal(page.querySelectorAll(".table > .scroll > table").length, 2);
});

Deno.test("a cell tagged folded shows its code when opened; one that failed is open", async () => {
  const folded = (...outputs: Output[]): Cell => ({
    ...code("import {\n  a,\n} from 'a';", ...outputs),
    metadata: { tags: ["folded"] },
  });
  const failure: Output = { output_type: "error", ename: "E", evalue: "v", traceback: [] };
  const output = display({ "text/plain": "shown" });
  const page = parse(await render(folded(output), folded(failure), code("b")));
  const details = [...page.querySelectorAll("details.folded")];
  assert.deepEqual(details.map((one) => one.hasAttribute("open")), [false, true]);
  assert.equal(details[0].querySelector("summary")?.textContent, "Imports, 3 lines");
  assert.equal(details[0].querySelector("pre.source")?.textContent, "import {\n  a,\n} from 'a';");
  assert.equal(page.querySelector(".code > .output")?.textContent, "shown");
});

Deno.test("streams and errors are text, without the terminal's colours", async () => {
  const page = parse(
    await render(code(
      "1",
      { output_type: "stream", name: "stdout", text: ["\x1b[1m<done>\x1b[0m\n", "x"] },
      { output_type: "error", ename: "E", evalue: "v", traceback: ["\x1b[31mE: v", "at <anonymous>"] },
    )),
  );
  assert.equal(page.querySelector(".output > pre")?.textContent, "<done>\nx");
  assert.equal(page.querySelector("pre.error")?.textContent, "E: v\nat <anonymous>");
});

Deno.test("a page loads nothing", async () => {
  const html = await render(prose("# A\n\n$x$\n\n```ts\nlet a = 1\n```"), code("b"));
  assert.doesNotMatch(html, /<script|<link|@import|url\((?!data:)|src="(?!data:)/);
});
