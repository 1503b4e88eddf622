import { ColumnTable } from "arquero";
import { type Cell, type Column, type Table, toHtml, toMarkdown } from "../../figures/output/table.ts";

/** A longer table shows its beginning. */
const shownRows = 100;

/** Returns the beginning of a table of Arquero's as one that can be saved and shown. */
export function tableOfArquero(table: ColumnTable, rows = shownRows): Table {
  const names = table.columnNames();
  const shown = table.objects({ limit: rows }) as Record<string, unknown>[];
  const total = table.numRows();
  return {
    caption: total > shown.length ? `The first ${shown.length} of ${total} rows` : "",
    columns: names.map((name) => ({ name, heading: name, ...formatOf(name, shown.map((row) => row[name])) })),
    rows: shown.map((row) => names.map((name) => cellOf(row[name]))),
  };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Comparisons call the p of their tests so. */
function formatOf(name: string, values: unknown[]): Pick<Column, "digits" | "isP"> {
  return name === "p" ? { digits: 3, isP: true } : digitsOf(values);
}

/** Numbers that were chosen, such as learning rates, keep their digits; measured ones are rounded. */
function digitsOf(values: unknown[]): { digits?: number } {
  const decimals = values.map((value) =>
    typeof value === "number" ? value.toFixed(12).replace(/0+$/, "").split(".")[1].length : 0
  );
  const most = Math.max(0, ...decimals);
  return most === 0 ? {} : { digits: most > longestChosen ? 4 : most };
}

/** Decimals of the longest number that somebody chose, as 0.00003. */
const longestChosen = 5;

// what people make of a table of results shows itself where it is what a cell ends with
Object.defineProperty(ColumnTable.prototype, Symbol.for("Jupyter.display"), {
  configurable: true,
  value(this: ColumnTable) {
    const table = tableOfArquero(this);
    return { "text/html": toHtml(table), "text/plain": toMarkdown(table) };
  },
});
