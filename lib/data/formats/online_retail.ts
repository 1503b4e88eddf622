import pl, { type DataFrame } from "nodejs-polars";
import { createGenerator } from "../../random.ts";
import { checkDomain } from "../check_domain.ts";
import { cleanDescription } from "../reading/clean_text.ts";
import type { Domain } from "../domain.ts";
import { exists } from "../files.ts";
import { type Interactions, numberIds, selectRows, toSequences } from "../log/interactions.ts";
import { kCore } from "../log/k_core.ts";
import { malformedCell, readOnlineRetailTable } from "./online_retail_table.ts";
import { rawSettings } from "../log/raw_settings.ts";
import { readFeaturesById } from "../features/read_features_by_id.ts";

/** The file that makes a folder one of Online Retail. */
export const onlineRetailFile = "data.csv";

/**
 * Makes a domain of the Online Retail CSV (UCI): a user is an invoice, an item a stock code.
 *
 * Rows without a description are dropped, then rows that repeat invoice, stock code, quantity and time, then whatever
 * is not in the 5-core; an item's text is its first description. `X.item2index` with `X.feat1CLS` beside the CSV, X
 * being the name, give the features.
 *
 * @param say is told what was left out
 * @throws {DataError} if a file is missing or malformed, or an item has no feature row
 */
export async function readOnlineRetail(
  folder: string,
  name: string,
  say: (line: string) => void = console.info,
): Promise<Domain> {
  const path = `${folder}/${onlineRetailFile}`;
  const table = await readOnlineRetailTable(path);
  const described = table.filter(pl.col("Description").str.strip().str.lengths().gt(0));
  const distinct = described.unique({
    subset: ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate"],
    keep: "first",
    maintainOrder: true,
  });
  const log = toInteractions(distinct, path);
  const core = selectRows(log, kCore(log, rawSettings.core));
  const nameless = table.height - described.height;
  const repeated = described.height - distinct.height;
  const rare = distinct.height - core.users.length;
  say(
    `${path}: ${table.height} rows, of which ${nameless} without a description, ${repeated} repeated and ${rare} ` +
      `outside the ${rawSettings.core}-core were left out.`,
  );

  const base = `${folder}/${name}`;
  return checkDomain({
    name,
    itemIds: core.itemIds,
    itemTexts: firstDescriptions(described, core.itemIds),
    userIds: core.userIds,
    sequences: toSequences(core, createGenerator(rawSettings.tieSeed)),
    features: await exists(`${base}.feat1CLS`) ? await readFeaturesById(base, core.itemIds) : null,
  }, path);
}

function toInteractions(table: DataFrame, path: string): Interactions {
  const [users, items] = ["InvoiceNo", "StockCode"].map((column) => numberIds(texts(table, column)));
  const known = new Map<string, number>();
  const times = Float64Array.from(texts(table, "InvoiceDate"), (text, row) => {
    const time = known.get(text) ?? parseTime(text);
    if (Number.isNaN(time)) {
      throw malformedCell(path, table, row, "InvoiceDate", "a time such as 12/1/2010 8:26");
    }
    known.set(text, time);
    return time;
  });
  texts(table, "Quantity").forEach((text, row) => {
    // a comma in an unquoted description moves words into this column
    if (!/^-?\d+$/.test(text)) throw malformedCell(path, table, row, "Quantity", "a whole number");
  });
  return { userIds: users.ids, itemIds: items.ids, users: users.codes, items: items.codes, times };
}

function texts(table: DataFrame, column: string): string[] {
  return table.getColumn(column).toArray() as string[];
}

/** Returns minutes since 1970, or NaN for what is not `month/day/year hour:minute`. */
function parseTime(text: string): number {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})$/.exec(text);
  if (!match) return NaN;
  const [month, day, year, hour, minute] = match.slice(1).map(Number);
  // the day first, as elsewhere in the world, would otherwise pass for another month
  if (month > 12 || day > 31) return NaN;
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}

function firstDescriptions(table: DataFrame, itemIds: string[]): string[] {
  const first = new Map<string, string>();
  const descriptions = texts(table, "Description");
  texts(table, "StockCode").forEach((item, row) => {
    if (!first.has(item)) first.set(item, cleanDescription(descriptions[row]));
  });
  return itemIds.map((id) => first.get(id)!);
}
