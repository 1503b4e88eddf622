import jStat from "jstat";

/**
 * Returns the quantiles of numbers, between neighbours where they fall between them; the package has no types.
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
export const quantiles: (values: Float64Array | Int32Array, at: readonly number[]) => number[] =
  jStat.quantiles;
