import { join } from "node:path";
import pl, { type DataFrame } from "nodejs-polars";
import { type Interactions, numberIds } from "../log/interactions.ts";
import type { RawData } from "../log/raw_data.ts";
import { cleanDescription } from "../reading/clean_text.ts";
import { cleanId } from "../reading/table.ts";
import type { Format } from "./format.ts";
import { isOnlineRetail, malformedCell, readOnlineRetailTable } from "./online_retail_table.ts";

/** UCI's Online Retail and Online Retail II, as CSV. */
export const onlineRetail: Format = {
  name: "Online Retail",
  files: "Online Retail's data.csv, or that of Online Retail II",
  async find({ path, files, peek }) {
    const found: string[] = [];
    for (const file of files.filter((name) => /\.csv$/i.test(name))) {
      const [line = ""] = (await peek(file)).lines;
      if (file === "data.csv" || isOnlineRetail(line)) found.push(file);
    }
    if (found.length === 0) return null;
    const inputs = found.map((file) => join(path, file));
    return { inputs, readRaw: () => readOnlineRetail(inputs) };
  },
};

/**
 * Reads Online Retail: a user is an invoice, an item a stock code.
 *
 * Rows without a description, an invoice, a stock code or a time are left out, then those that repeat invoice, stock
 * code, quantity and time; an item's text is its first description.
 *
 * @param paths a CSV file, or one for each sheet of Online Retail II
 * @throws {DataError} if a file is missing or malformed
 */
export async function readOnlineRetail(paths: readonly string[]): Promise<RawData> {
  const tables = await Promise.all(paths.map(readOnlineRetailTable));
  const table = tables.length === 1 ? tables[0] : pl.concat(tables) as DataFrame;
  const path = paths.join(", ");
  const described = table.filter(pl.col("Description").str.strip().str.lengths().gt(0));
  const needed = ["InvoiceNo", "StockCode", "InvoiceDate"];
  let whole = described;
  const incomplete = needed.map((column) => {
    const left = whole.filter(pl.col(column).isNotNull());
    const rows = whole.height - left.height;
    whole = left;
    return { reason: `without ${column}`, rows };
  });
  const distinct = whole.unique({
    subset: ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate"],
    keep: "first",
    maintainOrder: true,
  });
  const texts = firstDescriptions(whole);
  return {
    interactions: toInteractions(distinct, path),
    isDistinct: true,
    report: {
      path,
      encoding: "UTF-8",
      rows: table.height,
      skipped: [
        { reason: "without a description", rows: table.height - described.height },
        ...incomplete,
        { reason: "repeated", rows: whole.height - distinct.height },
      ],
    },
    readTexts: () => Promise.resolve({ texts, report: null }),
  };
}

function toInteractions(table: DataFrame, path: string): Interactions {
  const [users, items] = ["InvoiceNo", "StockCode"].map((column) =>
    numberIds(texts(table, column).map(cleanId))
  );
  const known = new Map<string, number>();
  const times = Float64Array.from(texts(table, "InvoiceDate"), (text, row) => {
    const time = known.get(text) ?? parseTime(text);
    if (Number.isNaN(time)) {
      throw malformedCell(
        path,
        table,
        row,
        "InvoiceDate",
        "a time such as 12/1/2010 8:26 or 2010-12-01 08:26:00",
      );
    }
    known.set(text, time);
    return time;
  });
  texts(table, "Quantity").forEach((text, row) => {
    // a comma in an unquoted description moves words into this column
    if (!/^-?\d+(\.0)?$/.test(text)) throw malformedCell(path, table, row, "Quantity", "a whole number");
  });
  return { userIds: users.ids, itemIds: items.ids, users: users.codes, items: items.codes, times };
}

function texts(table: DataFrame, column: string): string[] {
  return table.getColumn(column).toArray() as string[];
}

/** Returns minutes since 1970, or NaN for what is neither `month/day/year hour:minute` nor ISO's. */
function parseTime(text: string): number {
  if (/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/.test(text)) {
    return Date.parse(text.length === 10 ? text : `${text.replace(" ", "T")}Z`) / 60_000;
  }
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return NaN;
  const [month, day, year, hour, minute] = match.slice(1).map(Number);
  // the day first, as elsewhere in the world, would otherwise pass for another month
  if (month > 12 || day > 31) return NaN;
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}

function firstDescriptions(table: DataFrame): Map<string, string> {
  const first = new Map<string, string>();
  const descriptions = texts(table, "Description");
  texts(table, "StockCode").map(cleanId).forEach((item, row) => {
    if (!first.has(item)) first.set(item, cleanDescription(descriptions[row]));
  });
  return first;
}
