import { countOf } from "../../count_of.ts";
import { DataError } from "../../errors.ts";
import type { DecodedText } from "./decode_text.ts";

/** What became of the rows of a file. */
export interface RowReport {
  path: string;
  encoding: DecodedText["encoding"];
  /** All rows but the first line. */
  rows: number;
  /** Every reason for which rows can be left out, with the number of rows; a row has one reason at most. */
  skipped: SkippedRows[];
  /** A sentence, after a space, on how the file was read, where it does not say so itself. */
  note?: string;
}

/** How many rows were left out for one reason. */
export interface SkippedRows {
  /** Goes on after “rows …”. */
  reason: string;
  rows: number;
}

/**
 * Says in one line what became of a file's rows.
 *
 * @example
 * ```ts
 * import { describeRows } from "./row_report.ts";
 * import assert from "node:assert/strict";
 *
 * const skipped = [{ reason: "without a text", rows: 3 }, { reason: "repeated", rows: 0 }];
 * assert.equal(
 *   describeRows({ path: "items.csv", encoding: "UTF-8", rows: 20, skipped }),
 *   "items.csv: 20 rows, of which 3 without a text were left out.",
 * );
 * ```
 */
export function describeRows({ path, encoding, rows, skipped, note = "" }: RowReport): string {
  const reasons = skipped.filter((skip) => skip.rows > 0).map((skip) => `${skip.rows} ${skip.reason}`);
  const listed = new Intl.ListFormat("en-GB").format(reasons);
  const read = encoding === "UTF-8" ? "" : ` It is not UTF-8 and was read as ${encoding}.`;
  const kept = reasons.length === 0 ? "all of which were kept" : `of which ${listed} were left out`;
  return `${path}: ${rows} rows, ${kept}.${read}${note}`;
}

/** Returns the error of a file of which no row can be used; `rows` are all but the first line. */
export function noWholeRow(where: string, rows: number, expected: string, advice: string): DataError {
  const found = rows === 0 ? "no row after the first line" : `${countOf(rows, "row")}, none whole`;
  return new DataError({ where, expected, found, advice });
}
