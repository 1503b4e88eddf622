import jStat from "jstat";
import { ParameterError } from "../errors.ts";

/** The probability that Student's t with so many degrees of freedom is at most `t`; the package has no types. */
const studentCdf: (t: number, degreesOfFreedom: number) => number = jStat.studentt.cdf;

/** Whether one list of measurements differs from another, pair by pair. */
export interface PairedTest {
  /** Mean of the first list less the second. */
  difference: number;
  /** Two-sided p of Student's paired t-test: how likely so large a difference is if there is none. */
  p: number;
  /** How many pairs were compared. */
  pairs: number;
}

/**
 * Compares measurements that belong together in pairs: of the same users, or with the same seeds.
 *
 * Where all pairs differ by the same amount there is nothing to test: p is then 1 for no difference and 0 otherwise.
 *
 * @throws {ParameterError} if the lists differ in length or have fewer than two numbers
 * @example
 * ```ts
 * import { pairedTest } from "./significance.ts";
 * import assert from "node:assert/strict";
 *
 * const { difference, p } = pairedTest([0.31, 0.35, 0.33], [0.2, 0.25, 0.21]);
 * assert.ok(Math.abs(difference - 0.11) < 1e-12 && p < 0.01);
 * ```
 */
export function pairedTest(first: ArrayLike<number>, second: ArrayLike<number>): PairedTest {
  if (first.length !== second.length || first.length < 2) {
    throw new ParameterError({
      where: "paired test",
      expected: "two lists of one length, at least 2",
      found: `${first.length} and ${second.length} numbers`,
      advice: "Measure both with the same seeds, or on the same users.",
    });
  }
  const differences = Float64Array.from(first, (value, i) => value - second[i]);
  const pairs = differences.length;
  const difference = mean(differences);
  const isConstant = differences.every((value) => value === differences[0]);
  const t = difference / (standardDeviation(differences)! / Math.sqrt(pairs));
  // the package's distribution function is not exact: at t = 0 it can give a little more than a half
  const tails = Math.min(1, 2 * studentCdf(-Math.abs(t), pairs - 1));
  const p = isConstant ? (difference === 0 ? 1 : 0) : tails;
  return { difference, p, pairs };
}

/** Returns the mean of measurements. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Returns the standard deviation of measurements around their mean, n − 1 in the denominator; null for a single one. */
export function standardDeviation(values: ArrayLike<number>): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
