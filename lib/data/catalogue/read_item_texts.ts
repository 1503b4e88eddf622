import { saysSomething } from "../says_something.ts";
import { readCsvTable } from "../reading/csv_table.ts";
import { noWholeRow, type RowReport } from "../reading/row_report.ts";

/** The texts of a catalogue. */
export interface ItemTexts {
  /** By item, in the order of the file. */
  texts: Map<string, string>;
  report: RowReport;
}

/**
 * Reads the texts of one's own items: a CSV file with the columns `item` and `text`.
 *
 * Rows without an item, or whose text has neither a letter nor a digit, are left out; of an item that is listed twice
 * the first text counts.
 *
 * @throws {DataError} if the file is missing or malformed, or no item has a text
 */
export async function readItemTexts(path: string): Promise<ItemTexts> {
  const { columns, encoding } = await readCsvTable(path, {
    item: "the identifier of what can be chosen",
    text: "the words that describe it, such as title, category and brand",
  });
  const texts = new Map<string, string>();
  const nameless = { reason: "without an item", rows: 0 };
  const textless = { reason: "without a text", rows: 0 };
  const repeated = { reason: "of an item that has a text already", rows: 0 };
  columns.item.forEach((item, row) => {
    const text = columns.text[row];
    if (item === "") nameless.rows++;
    else if (!saysSomething(text)) textless.rows++;
    else if (texts.has(item)) repeated.rows++;
    else texts.set(item, text);
  });
  if (texts.size === 0) {
    throw noWholeRow(
      path,
      columns.item.length,
      "a row with an item and its text",
      "Export the items again: a line for each, with the words that describe it.",
    );
  }
  const skipped = [nameless, textless, repeated];
  return { texts, report: { path, encoding, rows: columns.item.length, skipped } };
}
