import highlighter from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { Marked } from "marked";
import markedKatex from "marked-katex-extension";
import { stripVTControlCharacters } from "node:util";
import { escapeHtml } from "../../figures/drawing/html.ts";
import { countOf } from "../../count_of.ts";
import { printable } from "../../printable.ts";
import {
  type Cell,
  hasTag,
  joinLines,
  type Notebook,
  type NotebookText,
  type Output,
  type OutputData,
} from "../running/notebook_file.ts";
import { boxTables, figureBox } from "./boxes.ts";
import { formulaStyle } from "./formulas.ts";
import { htmlPage } from "./html_page.ts";

highlighter.registerLanguage("typescript", typescript);

const markdown = new Marked(
  // drawn for the eyes, with fonts that formulaStyle embeds, and MathML for readers aloud
  markedKatex({ output: "htmlAndMathml", throwOnError: false }),
  {
    renderer: {
      code: ({ text, lang }) => highlightCode(text, lang),
      // tables underline with <u>; other HTML may come from data
      html: ({ text }) => /^<\/?u>$/.test(text) ? text : escapeHtml(text),
    },
  },
);

/**
 * Writes an executed notebook as one self-contained HTML page: nothing is loaded from elsewhere.
 *
 * Cells tagged `folded` show their code when they are opened, and in print.
 *
 * @param title shown in the browser's tab
 * @param overview path of the page that has all outputs, from this one; none if left out
 */
export async function renderHtml(notebook: Notebook, title: string, overview?: string): Promise<string> {
  const cells: string[] = [];
  let heading = title;
  for (const cell of notebook.cells) {
    if (cell.cell_type === "markdown") heading = lastHeading(joinLines(cell.source)) ?? heading;
    cells.push(renderCell(cell, heading));
  }
  const body = cells.join("\n");
  return htmlPage(title, body, {
    style: await formulaStyle(body),
    links: overview === undefined ? [] : [{ path: overview, text: "All tables and figures" }],
  });
}

/** Writes Markdown, with maths between dollar signs, as HTML; HTML in it is shown as text, but for `<u>`. */
export function renderMarkdown(text: string): string {
  return markdown.parse(text, { async: false });
}

function lastHeading(source: string): string | undefined {
  return source.match(/^#+ .*$/gm)?.at(-1)?.replace(/^#+ /, "");
}

function renderCell(cell: Cell, heading: string): string {
  const source = joinLines(cell.source).trimEnd();
  if (cell.cell_type === "markdown") {
    return `<section class="prose${hasTag(cell, "failed") ? " failed" : ""}">${
      boxTables(renderMarkdown(source))
    }</section>`;
  }
  if (cell.cell_type === "raw") return plain(source);
  const label = hasTag(cell, "injected-parameters") ? `<p class="label">set from the command line</p>` : "";
  const outputs = (cell.outputs ?? []).map((output) => {
    const html = renderOutput(output, heading);
    // lines of trainings that are over stand close together
    return `<div class="output${html.startsWith("<div>✓") ? " done" : ""}">${html}</div>`;
  });
  return `<section class="code">${label}${renderCode(cell, source)}${outputs.join("")}</section>`;
}

function renderCode(cell: Cell, source: string): string {
  if (!hasTag(cell, "folded")) return highlight(source);
  const failed = cell.outputs?.some(({ output_type }) => output_type === "error");
  const lines = countOf(source.split("\n").length, "line");
  return `<details class="folded"${failed ? " open" : ""}><summary>${
    escapeHtml(source.startsWith("import") ? "Imports" : "Code")
  }, ${lines}</summary>${highlight(source)}</details>`;
}

function renderOutput(output: Output, heading: string): string {
  if (output.output_type === "stream") return plain(joinLines(output.text));
  if (output.output_type === "error") {
    const { traceback, ename, evalue } = output;
    return `<pre class="error">${escapeText(traceback.join("\n") || `${ename}: ${evalue}`)}</pre>`;
  }
  return renderData(output.data, heading);
}

/** Renders the richest of an output's forms; figures are named by the heading above them. */
function renderData(data: OutputData, heading: string): string {
  const text = (type: string) => type in data ? joinLines(data[type] as NotebookText) : undefined;
  const html = text("text/html") ?? text("image/svg+xml");
  const name = `Figure: ${heading}`;
  if (html !== undefined) return html.startsWith("<svg") ? figureBox(html, { name }) : boxTables(html);
  const png = text("image/png");
  if (png !== undefined) {
    const source = `data:image/png;base64,${png.replaceAll("\n", "")}`;
    return figureBox(`<img alt="${escapeHtml(name)}" src="${source}">`, { name });
  }
  const prose = text("text/markdown");
  if (prose !== undefined) return boxTables(renderMarkdown(prose));
  return plain(text("text/plain") ?? JSON.stringify(data));
}

/** Writes code of Markdown: in a box of its own if its language is said, highlighted if that is TypeScript. */
export function highlightCode(text: string, language: string | undefined): string {
  if (language === "ts" || language === "typescript") return highlight(text);
  return language ? `<pre class="source"><code>${escapeText(text)}</code></pre>` : plain(text);
}

function highlight(source: string): string {
  return `<pre class="source"><code>${
    highlighter.highlight(source, { language: "typescript" }).value
  }</code></pre>`;
}

function plain(text: string): string {
  return `<pre>${escapeText(text)}</pre>`;
}

function escapeText(text: string): string {
  return escapeHtml(printable(stripVTControlCharacters(text)));
}
