import { Buffer } from "node:buffer";
import pl, { type DataFrame } from "nodejs-polars";
import { DataError } from "../../errors.ts";
import { decodeText } from "../reading/decode_text.ts";
import { isMissing } from "../reading/missing.ts";
import { readBytes } from "../files.ts";

const columns = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate"];
/** What Online Retail II calls them. */
const otherNames: Record<string, string> = { Invoice: "InvoiceNo" };
const rowColumn = "row";

/** Tells whether a first line is that of Online Retail or Online Retail II. */
export function isOnlineRetail(line: string): boolean {
  const names = line.replace(/^\ufeff/, "").split(",").map((name) => name.trim().replace(/^"|"$/g, ""));
  return columns.every((column) => names.some((name) => (otherNames[name] ?? name) === column));
}

/**
 * Reads the columns of Online Retail that are needed, as text, and the row's number from 1 as `row`; cells that stand
 * for nothing are null.
 *
 * @throws {DataError} if there is no such file, or a column is missing
 */
export async function readOnlineRetailTable(path: string): Promise<DataFrame> {
  const { text } = decodeText(await readBytes(path));
  let table: DataFrame;
  try {
    table = pl.readCSV(Buffer.from(text), { inferSchemaLength: 0 });
  } catch (cause) {
    throw new DataError({
      where: path,
      expected: "a table of comma-separated values",
      found: cause instanceof Error ? cause.message : String(cause),
      advice: "Download the file again; data/README.md says where from.",
    }, { cause });
  }
  table = table.rename(Object.fromEntries(
    table.columns.filter((name) =>
      Object.hasOwn(otherNames, name) && !table.columns.includes(otherNames[name])
    )
      .map((name) => [name, otherNames[name]]),
  ));
  const missing = columns.filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    throw new DataError({
      where: `${path}:1`,
      expected: `the columns ${columns.join(", ")}`,
      found: `no ${missing.join(", ")}`,
      advice: "Give the file a header line with these names; other columns may stand beside them.",
    });
  }
  table = table.select(...columns).withRowIndex(rowColumn, 1);
  for (const column of columns) {
    const cells = table.getColumn(column).toArray() as (string | null)[];
    if (!cells.some((cell) => cell !== null && isMissing(cell.trim()))) continue;
    const filled = cells.map((cell) => cell === null || isMissing(cell.trim()) ? null : cell);
    table = table.withColumn(pl.Series(column, filled, pl.Utf8));
  }
  return table;
}

/** Makes the error for the cell in position `position` of a table that `readOnlineRetailTable` gave, or of a part of it. */
export function malformedCell(
  path: string,
  table: DataFrame,
  position: number,
  column: string,
  expected: string,
): DataError {
  const [number, found] = [rowColumn, column].map((name) => table.getColumn(name).toArray()[position]);
  return new DataError({
    where: `${path}, row ${number}, column ${column}`,
    expected,
    found: JSON.stringify(found),
    advice: "Mend the row; a description with commas or quotes must be quoted.",
  });
}
