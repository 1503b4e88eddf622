import type { FeatureTable } from "../../data/domain.ts";
import { joinTables } from "./join_tables.ts";
import { principalAxes } from "./principal_axes.ts";
import { createWhitening, whiten } from "./whitening.ts";

/**
 * Makes one Whitening-k of several tables together, for domains that one model is to read.
 *
 * @param tables of one width; the rows of all count alike
 * @param k how many directions are kept
 * @returns a function that whitens these tables, and others of their width
 * @throws {DataError} if the tables have different widths
 * @throws {ParameterError} if k is not a whole number between 1 and the width
 * @example
 * ```ts
 * import { commonWhitening } from "./common_whitening.ts";
 * import assert from "node:assert/strict";
 *
 * const tables = [[1, 5, 3, 5], [5, 5, 7, 5]].map((values) => ({
 *   values: Float32Array.from(values),
 *   rows: 2,
 *   width: 2,
 * }));
 * const [first, second] = tables.map(commonWhitening(tables, 1));
 * assert.ok(Math.abs(first.values[0] + second.values[1]) < 1e-6); // 1 and 7 lie opposite the mean 4
 * ```
 */
export function commonWhitening(
  tables: readonly FeatureTable[],
  k: number,
): (table: FeatureTable) => FeatureTable {
  const whitening = createWhitening(principalAxes(joinTables(tables)), k);
  return (table) => whiten(table, whitening);
}
