import highlighter from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { Marked } from "marked";
import markedKatex from "marked-katex-extension";
import { stripVTControlCharacters } from "node:util";
import { escapeHtml } from "../../figures/drawing/html.ts";
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
import { htmlPage } from "./html_page.ts";

highlighter.registerLanguage("typescript", typescript);

const markdown = new Marked(
  // MathML needs neither fonts nor style sheets
  markedKatex({ output: "mathml", throwOnError: false }),
  {
    renderer: {
      code: ({ text, lang }) => lang === "ts" || lang === "typescript" ? highlight(text) : plain(text),
      // tables underline with <u>; other HTML may come from data
      html: ({ text }) => /^<\/?u>$/.test(text) ? text : escapeHtml(text),
    },
  },
);

/**
 * Writes an executed notebook as one self-contained HTML page: nothing is loaded from elsewhere.
 *
 * @param title shown in the browser's tab
 */
export function renderHtml(notebook: Notebook, title: string): string {
  return htmlPage(title, notebook.cells.map(renderCell).join("\n"));
}

/** Writes Markdown, with maths between dollar signs, as HTML; HTML in it is shown as text, but for `<u>`. */
export function renderMarkdown(text: string): string {
  return markdown.parse(text, { async: false });
}

function renderCell(cell: Cell): string {
  const source = joinLines(cell.source).trimEnd();
  if (cell.cell_type === "markdown") {
    return `<section class="prose${hasTag(cell, "failed") ? " failed" : ""}">${
      renderMarkdown(source)
    }</section>`;
  }
  if (cell.cell_type === "raw") return plain(source);
  const label = hasTag(cell, "injected-parameters") ? `<p class="label">set from the command line</p>` : "";
  const outputs = (cell.outputs ?? []).map((output) => {
    const html = renderOutput(output);
    return `<div class="output${isWide(countColumns(html)) ? " wide" : ""}">${html}</div>`;
  });
  return `<section class="code">${label}${highlight(source)}${outputs.join("")}</section>`;
}

/** Tells whether a table has so many columns that it is set smaller, to fit on the page. */
export function isWide(columns: number): boolean {
  return columns > 8;
}

function countColumns(html: string): number {
  return html.match(/<th\b/g)?.length ?? 0;
}

function renderOutput(output: Output): string {
  if (output.output_type === "stream") return plain(joinLines(output.text));
  if (output.output_type === "error") {
    const { traceback, ename, evalue } = output;
    return `<pre class="error">${escapeText(traceback.join("\n") || `${ename}: ${evalue}`)}</pre>`;
  }
  return renderData(output.data);
}

/** Renders the richest of an output's forms. */
function renderData(data: OutputData): string {
  const text = (type: string) => type in data ? joinLines(data[type] as NotebookText) : undefined;
  const html = text("text/html") ?? text("image/svg+xml");
  if (html !== undefined) return html;
  const png = text("image/png");
  if (png !== undefined) return `<img alt="figure" src="data:image/png;base64,${png.replaceAll("\n", "")}">`;
  const prose = text("text/markdown");
  if (prose !== undefined) return renderMarkdown(prose);
  return plain(text("text/plain") ?? JSON.stringify(data));
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
