import type { FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";

/**
 * Puts the rows of several tables into one, one table below the other.
 *
 * @param tables at least one
 * @throws {DataError} if the tables have different widths
 */
export function joinTables(tables: readonly FeatureTable[]): FeatureTable {
  const [{ width }] = tables;
  const other = tables.find((table) => table.width !== width);
  if (other) {
    throw new DataError({
      where: "tables of features that belong together",
      expected: "rows of one width",
      found: `rows of ${width} and of ${other.width} numbers`,
      advice: "Encode all items in the same way.",
    });
  }
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const values = new Float32Array(rows * width);
  let at = 0;
  for (const table of tables) {
    values.set(table.values, at);
    at += table.values.length;
  }
  return { values, rows, width };
}
