import { escapeHtml } from "./html.ts";

/** One value of a table; null where there is none. */
export type Cell = string | number | null;

/** A column: its name in files, its heading for readers, and the decimals that readers see. */
export interface Column {
  name: string;
  heading: string;
  /** Decimals shown outside CSV; 0 where not given. CSV keeps every digit. */
  digits?: number;
}

/** A results table: what it shows, its columns, and rows with one cell for each column. */
export interface Table {
  caption: string;
  columns: Column[];
  rows: Cell[][];
}

/**
 * Writes a table as CSV (RFC 4180) with the columns' names as header and numbers in full.
 *
 * @example
 * ```ts
 * import { toCsv } from "./tables.ts";
 * import assert from "node:assert/strict";
 *
 * const columns = [{ name: "model", heading: "Model" }, { name: "ndcg", heading: "NDCG@10", digits: 4 }];
 * assert.equal(toCsv({ caption: "", columns, rows: [["SASRec", 0.05534]] }), "model,ndcg\nSASRec,0.05534\n");
 * ```
 */
export function toCsv({ columns, rows }: Table): string {
  const lines = [columns.map((column) => column.name), ...rows.map((row) => row.map((cell) => cell ?? ""))];
  return lines.map((line) => line.map((cell) => quoteCsv(String(cell))).join(",") + "\n").join("");
}

function quoteCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes a table as GitHub Markdown, numbers to the right and rounded. */
export function toMarkdown(table: Table): string {
  const escape = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const line = (cells: string[]) => `| ${cells.map(escape).join(" | ")} |\n`;
  const ruler = table.columns.map((_, column) => isNumeric(table, column) ? "---:" : "---");
  return `${table.caption}\n\n` + line(table.columns.map((column) => column.heading)) +
    `| ${ruler.join(" | ")} |\n` + formatRows(table).map(line).join("");
}

/** Writes a table as a LaTeX `table` with `booktabs` rules. */
export function toLatex(table: Table): string {
  const line = (cells: string[]) => `${cells.map(escapeLatex).join(" & ")} \\\\\n`;
  const alignment = table.columns.map((_, column) => isNumeric(table, column) ? "r" : "l").join("");
  return `\\begin{table}\n\\caption{${
    escapeLatex(table.caption)
  }}\n\\begin{tabular}{${alignment}}\n\\toprule\n` +
    line(table.columns.map((column) => column.heading)) + "\\midrule\n" +
    formatRows(table).map(line).join("") + "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
}

/** Writes a table as an HTML `<table>` with its caption. */
export function toHtml(table: Table): string {
  const line = (tag: string) => (cells: string[]) =>
    `<tr>${
      cells.map((cell, column) =>
        `<${tag}${isNumeric(table, column) ? ' style="text-align:right"' : ""}>${escapeHtml(cell)}</${tag}>`
      ).join("")
    }</tr>`;
  return `<table><caption>${escapeHtml(table.caption)}</caption>` +
    `<thead>${line("th")(table.columns.map((column) => column.heading))}</thead>` +
    `<tbody>${formatRows(table).map(line("td")).join("")}</tbody></table>`;
}

/** A column of numbers, with gaps or without, is set to the right. */
function isNumeric({ rows }: Table, column: number): boolean {
  return rows.every((row) => typeof row[column] !== "string");
}

function formatRows({ columns, rows }: Table): string[][] {
  return rows.map((row) => row.map((cell, column) => formatCell(cell, columns[column].digits ?? 0)));
}

/** Writes one cell for readers: numbers with thousands apart and `digits` decimals, a dash where there is none. */
export function formatCell(cell: Cell, digits: number): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell;
  return cell.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const latexEscapes: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "–": "--",
};

function escapeLatex(text: string): string {
  return text.replace(/[\\~^–&%$#_{}]/g, (character) => latexEscapes[character] ?? `\\${character}`);
}
