import type { FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";
import { joinTables } from "./join_tables.ts";
import { principalAxes, principalComponents } from "./principal_axes.ts";

/**
 * Projects the rows of several tables to one plane, in which they all vary most: a map of them all.
 *
 * @param tables of the same width, at least 2
 * @returns for each table two coordinates per row, `[rows, 2]`
 * @throws {DataError} if the tables have different widths, or their rows are all equal
 * @example
 * ```ts
 * import { commonPlane } from "./common_plane.ts";
 * import assert from "node:assert/strict";
 *
 * const [table] = commonPlane([{ values: Float32Array.of(1, 0, 7, 4, 0, 7), rows: 2, width: 3 }]);
 * assert.deepEqual([...table.values].map(Math.abs), [1.5, 0, 1.5, 0]);
 * ```
 */
export function commonPlane(tables: readonly FeatureTable[]): FeatureTable[] {
  const joined = joinTables(tables);
  if (joined.width < 2) {
    throw new DataError({
      where: "tables on one map",
      expected: "rows of at least 2 numbers",
      found: `rows of ${joined.width}`,
      advice: "A single number needs no map: draw a histogram.",
    });
  }
  const axes = principalAxes(joined);
  return tables.map((table) => principalComponents(table, axes, 2));
}
