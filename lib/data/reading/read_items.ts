import { saysSomething } from "../says_something.ts";
import { type ColumnMapping, describeLayout, findColumns, type Places } from "./columns.ts";
import { readParquetTable } from "./parquet.ts";
import { isParquet } from "./parquet_file.ts";
import { cellText } from "./plain_text.ts";
import { layoutOf } from "./read_log.ts";
import { noWholeRow, type RowReport } from "./row_report.ts";
import type { Layout } from "./sniff.ts";
import { readTable } from "./table.ts";

/** The texts of items. */
export interface ItemTexts {
  /** By item, in the order of the file. */
  texts: Map<string, string>;
  report: RowReport;
}

/** How a table of items is read, where that is known. */
export interface ItemOptions {
  columns?: ColumnMapping;
  layout?: Layout;
  places?: Places;
  /** Makes an item's text of the cells of its text columns; they are joined by `. ` by default. */
  join?: (cells: string[]) => string;
}

/**
 * Reads the texts of items from a table: text of any usual separator, or Parquet.
 *
 * Rows without an item, or whose text has neither a letter nor a digit, are left out; of an item that is listed twice
 * the first text counts. Several columns of text are put one after the other.
 *
 * @throws {DataError} if the file is missing or malformed, a column is not to be found, or no item has a text
 */
export async function readItems(path: string, options: ItemOptions = {}): Promise<ItemTexts> {
  const layout = options.layout ?? await layoutOf(path);
  const places = options.places ?? findColumns(path, layout, ["item", "text"], options.columns);
  const plan = { layout, ids: [places.item[0]], times: [], timesAre: "times", texts: places.text } as const;
  const table = await isParquet(path) ? await readParquetTable(path, plan) : await readTable(path, plan);
  const { ids: [{ ids, codes }], texts: columns, rows } = table;
  const texts = new Map<string, string>();
  const nameless = { reason: "without an item", rows: 0 };
  const textless = { reason: "without a text", rows: 0 };
  const repeated = { reason: "of an item that has a text already", rows: 0 };
  const { join = joinCells } = options;
  for (let row = 0; row < rows; row++) {
    const text = join(columns.map((column) => cellText(column[row])));
    if (codes[row] < 0) nameless.rows++;
    else if (!saysSomething(text)) textless.rows++;
    else if (texts.has(ids[codes[row]])) repeated.rows++;
    else texts.set(ids[codes[row]], text);
  }
  if (texts.size === 0) {
    throw noWholeRow(
      path,
      rows,
      "a row with an item and its text",
      "Export the items again: a line for each, with the words that describe it.",
    );
  }
  const empty = columns.flatMap((column, i) =>
    columns.length > 1 && column.every((cell) => cellText(cell) === "") ? [i] : []
  );
  const names = empty.map((i) => layout.header?.[places.text[i]] ?? `column ${places.text[i] + 1}`);
  const note = (options.places ? "" : describeLayout(layout, places)) +
    (names.length > 0 ? ` No row has a value in ${names.join(", ")}.` : "");
  const { encoding } = table;
  return { texts, report: { path, encoding, rows, skipped: [nameless, textless, repeated], note } };
}

/** Ends each cell in one full stop where there are several, as the texts of Amazon's items have it. */
export function joinCells(cells: string[]): string {
  const filled = cells.filter((cell) => cell !== "");
  return filled.length <= 1
    ? filled[0] ?? ""
    : filled.map((cell) => /[.!?]$/.test(cell) ? cell : `${cell}.`).join(" ");
}
