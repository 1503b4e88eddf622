import { printable } from "../../printable.ts";
import { escapeHtml } from "../drawing/html.ts";
import { escapeLatex, latexNeeds } from "./latex.ts";
import { escapeMarkdown } from "./markdown.ts";

/** A number that stands out: `best` is set in bold, `second` underlined; `note` follows it, for example a star. */
export interface MarkedNumber {
  value: number;
  mark: "best" | "second" | null;
  note: string;
}

/** One value of a table; null where there is none. */
export type Cell = string | number | MarkedNumber | null;

/** A column: its name in files, its heading for readers, and the decimals that readers see. */
export interface Column {
  name: string;
  heading: string;
  /** Decimals shown outside CSV; 0 where not given. CSV keeps every digit. */
  digits?: number;
  /** Whether the numbers are the p of a test: small ones are then written as `< 0.001`. */
  isP?: boolean;
}

/** A results table: what it shows, its columns, and rows with one cell for each column. */
export interface Table {
  caption: string;
  columns: Column[];
  rows: Cell[][];
  /** The same numbers in the form in which programs read them best: this is what the CSV file then holds. */
  long?: Omit<Table, "caption" | "long">;
}

/**
 * Makes a table of plain rows.
 *
 * @param digits decimals that readers see of numbers that are not whole
 * @example
 * ```ts
 * import { tableOf } from "./table.ts";
 * import assert from "node:assert/strict";
 *
 * const table = tableOf("Two of them", ["Model", "NDCG@10"], [["SASRec", 0.0553]], 4);
 * assert.equal(table.columns[1].digits, 4);
 * ```
 */
export function tableOf(caption: string, headings: readonly string[], rows: Cell[][], digits = 0): Table {
  const isWhole = (column: number) =>
    rows.every((row) => typeof row[column] !== "number" || Number.isInteger(row[column]));
  return showingItself({
    caption,
    columns: headings.map((heading, column) => ({
      name: heading,
      heading,
      ...(isWhole(column) ? {} : { digits }),
    })),
    rows,
  });
}

/** Returns the table such that it shows itself where it is what a notebook's cell ends with. */
export function showingItself(table: Table): Table {
  return Object.defineProperty(table, Symbol.for("Jupyter.display"), {
    value: () => ({ "text/html": toHtml(table), "text/plain": toMarkdown(table) }),
  });
}

/**
 * Writes a table, in its long form if it has one, as CSV (RFC 4180): the columns' names as header, numbers in full.
 *
 * A text that a spreadsheet would compute, as one that begins with `=`, gets an apostrophe before it.
 *
 * @example
 * ```ts
 * import { toCsv } from "./table.ts";
 * import assert from "node:assert/strict";
 *
 * const columns = [{ name: "model", heading: "Model" }, { name: "ndcg", heading: "NDCG@10", digits: 4 }];
 * assert.equal(toCsv({ caption: "", columns, rows: [["SASRec", 0.05534]] }), "model,ndcg\nSASRec,0.05534\n");
 * ```
 */
export function toCsv(table: Table): string {
  const { columns, rows } = table.long ?? table;
  const lines = [columns.map((column) => plainCell(column.name)), ...rows.map((row) => row.map(plainCell))];
  return lines.map((line) => line.map((cell) => quoteCsv(String(cell))).join(",") + "\n").join("");
}

function plainCell(cell: Cell): string | number {
  if (typeof cell === "string") return guardFormula(printable(cell));
  return isMarked(cell) ? cell.value : cell ?? "";
}

/** Text that is a number stays one. What has the apostrophe already gets another, so that no two texts become one. */
function guardFormula(text: string): string {
  return /^'*[=+\-@\t\n＝＋－＠]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
}

function isMarked(cell: Cell): cell is MarkedNumber {
  return typeof cell === "object" && cell !== null;
}

function quoteCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes a table as GitHub Markdown, numbers to the right and rounded. */
export function toMarkdown(table: Table): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |\n`;
  const styles = { best: (text: string) => `**${text}**`, second: (text: string) => `<u>${text}</u>` };
  const ruler = table.columns.map((_, column) => isNumeric(table, column) ? "---:" : "---");
  return `${escapeMarkdown(table.caption)}\n\n` +
    line(table.columns.map((column) => escapeMarkdown(column.heading))) +
    `| ${ruler.join(" | ")} |\n` + formatRows(table, escapeMarkdown, styles).map(line).join("");
}

/**
 * Writes a table as a LaTeX `table` with `booktabs` rules, after a comment that says what it needs.
 *
 * @param name that it is saved under, such as `table-3`: text refers to it as `tab:3`
 */
export function toLatex(table: Table, name: string): string {
  // the command before a line would take its "[" or "*" as an argument
  const line = (cells: string[]) => `${cells.join(" & ").replace(/^(?= *[[*])/, "{}")} \\\\\n`;
  const styles = {
    best: (text: string) => `\\textbf{${text}}`,
    second: (text: string) => `\\underline{${text}}`,
  };
  const alignment = table.columns.map((_, column) => isNumeric(table, column) ? "r" : "l").join("");
  const head = `\\caption{${escapeLatex(captionAlone(table))}}\n\\label{${labelOf(name)}}`;
  const latex = `\\begin{table}\n${head}\n\\begin{tabular}{${alignment}}\n\\toprule\n` +
    line(table.columns.map((column) => escapeLatex(column.heading))) + "\\midrule\n" +
    formatRows(table, escapeLatex, styles).map(line).join("") +
    "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
  return latexNeeds(latex) + latex;
}

/**
 * Writes a table as a Typst `figure` that can be included in a document.
 *
 * @param name that it is saved under, such as `table-3`: text refers to it as `@tab:3`
 */
export function toTypst(table: Table, name: string): string {
  // text in quotation marks is no markup
  const quote = (text: string) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\p{Cc}+/gu, " ")}"`;
  const styles = {
    best: (text: string) => `strong(${text})`,
    second: (text: string) => `underline(${text})`,
  };
  const line = (cells: string[]) => `    ${cells.join(", ")},\n`;
  const alignment = table.columns.map((_, column) => isNumeric(table, column) ? "right" : "left");
  return `#figure(\n  table(\n    columns: ${table.columns.length},\n    align: (${
    alignment.join(", ")
  },),\n` +
    "    stroke: none,\n    table.hline(),\n" +
    `    table.header(${table.columns.map((column) => quote(column.heading)).join(", ")}),\n` +
    "    table.hline(stroke: 0.5pt),\n" + formatRows(table, quote, styles).map(line).join("") +
    `    table.hline(),\n  ),\n  caption: ${quote(captionAlone(table))},\n) <${labelOf(name)}>\n`;
}

/** LaTeX and Typst number their tables themselves. */
function captionAlone({ caption }: Table): string {
  const text = caption.replace(/^(?:Table|Figure) \d+: */, "");
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

function labelOf(name: string): string {
  return `tab:${name.replace(/^table-/, "")}`;
}

/** Writes a table as an HTML `<table>` with its caption, numbers to the right and words to the left. */
export function toHtml(table: Table): string {
  const line = (tag: string) => (cells: string[]) =>
    `<tr>${
      cells.map((cell, column) =>
        // both sides are said, as Jupyter sets every cell to the right that says nothing
        `<${tag} style="text-align:${isNumeric(table, column) ? "right" : "left"}">${cell}</${tag}>`
      ).join("")
    }</tr>`;
  const styles = { best: (text: string) => `<b>${text}</b>`, second: (text: string) => `<u>${text}</u>` };
  return `<table><caption>${escapeHtml(table.caption)}</caption>` +
    `<thead>${line("th")(table.columns.map((column) => escapeHtml(column.heading)))}</thead>` +
    `<tbody>${formatRows(table, escapeHtml, styles).map(line("td")).join("")}</tbody></table>`;
}

/** A column of numbers, with gaps or without, is set to the right. */
function isNumeric({ rows }: Table, column: number): boolean {
  return rows.every((row) => typeof row[column] !== "string");
}

/** Writes all cells, each escaped, then set in the style of its mark. */
function formatRows(
  { columns, rows }: Table,
  escape: (text: string) => string,
  styles: Record<"best" | "second", (text: string) => string>,
): string[][] {
  return rows.map((row) =>
    row.map((cell, column) => {
      const text = escape(formatCell(cell, columns[column].digits ?? 0, columns[column].isP));
      return isMarked(cell) && cell.mark ? styles[cell.mark](text) : text;
    })
  );
}

/** A p below it is written as such. */
const leastP = 0.001;

/**
 * Writes one cell for readers: numbers with thousands apart, `digits` decimals and a true minus, a dash where there is none.
 *
 * @param isP whether a number is the p of a test
 */
export function formatCell(cell: Cell, digits: number, isP = false): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return printable(cell);
  if (isMarked(cell)) return formatCell(cell.value, digits, isP) + cell.note;
  if (isP && cell < leastP) return `< ${leastP}`;
  const text = cell.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  // what rounds to nothing has no sign
  return /[1-9]/.test(text) ? text.replace("-", "−") : text.replace("-", "");
}
