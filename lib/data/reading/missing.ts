/** What programs write where there is no value: SQL, MySQL's dumps, Python, pandas, R and spreadsheets. */
const markers: ReadonlySet<string> = new Set([
  "",
  "NULL",
  "Null",
  "null",
  "\\N",
  "None",
  "NaN",
  "nan",
  "NaT",
  "N/A",
  "n/a",
  "#N/A",
  "NA",
  "<NA>",
]);

/**
 * Tells whether a cell holds no value: nothing, or what programs write for nothing.
 *
 * @param cell without white space around
 * @example
 * ```ts
 * import { isMissing } from "./missing.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["", "NULL", "\\N", "nan", "Nan bread"].map(isMissing), [true, true, true, true, false]);
 * ```
 */
export function isMissing(cell: string): boolean {
  return cell.length <= 4 && markers.has(cell);
}
