import jStat from "jstat";

/** The package has no types. */
const quantilesOf: (values: Float64Array | Int32Array, at: readonly number[]) => number[] = jStat.quantiles;

/**
 * Returns the quantiles of numbers, between neighbours where they fall between them.
 *
 * @param values in any order; nothing is changed
 * @param at shares of the values, from 0 to 1
 * @example
 * ```ts
 * import { quantiles } from "./quantiles.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(quantiles(Int32Array.of(30, 10, 20), [0.5]), [20]);
 * ```
 */
export function quantiles(values: Float64Array | Int32Array, at: readonly number[]): number[] {
  // of a single value the package makes NaN
  return values.length === 1 ? at.map(() => values[0]) : quantilesOf(values, at);
}
