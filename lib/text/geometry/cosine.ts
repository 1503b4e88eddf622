import type { FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";
import { createGenerator, integer } from "../../random.ts";

/**
 * A row shorter than this share of the rows' root mean square length has no direction.
 *
 * Items whose features are the mean of all others' whiten to almost nothing, and rounding decides where that points.
 */
const leastLength = 1e-3;

/** Rows that are compared by their cosine. */
export interface Directions {
  table: FeatureTable;
  /** Length of each row, 0 for one without a direction. `[rows]` */
  lengths: Float64Array;
  /** The rows that have a direction, ascending. */
  directed: Int32Array;
}

/**
 * Measures the rows of a table, to compare them by their cosine.
 *
 * @throws {DataError} if a number is not finite, or fewer than two rows have a direction
 */
export function directionsOf(table: FeatureTable): Directions {
  const { rows } = table;
  const lengths = Float64Array.from({ length: rows }, (_, row) => Math.sqrt(dot(table, row, row)));
  const meanSquare = lengths.reduce((sum, length) => sum + length * length, 0) / rows;
  const least = leastLength * Math.sqrt(meanSquare);
  const directed = Int32Array.from(lengths.keys()).filter((row) => lengths[row] > least);
  if (!Number.isFinite(meanSquare) || directed.length < 2) {
    throw new DataError({
      where: "table whose rows are compared by their cosine",
      expected: "finite numbers, and two rows that are not zero",
      found: Number.isFinite(meanSquare) ? `${directed.length} of ${rows}` : "NaN or an infinite one",
      advice: "Check how the features were made.",
    });
  }
  return { table, lengths: lengths.map((length) => length > least ? length : 0), directed };
}

/** Returns the cosine of two rows that have a direction. */
export function cosine({ table, lengths }: Directions, row: number, other: number): number {
  return dot(table, row, other) / (lengths[row] * lengths[other]);
}

/**
 * Returns the mean cosine over all pairs of different rows, exactly and without forming the pairs: the squared length
 * of the sum of the unit vectors is that of every pair, together.
 *
 * Rows without a direction are left out.
 *
 * @example
 * ```ts
 * import { directionsOf, meanCosine } from "./cosine.ts";
 * import assert from "node:assert/strict";
 *
 * const directions = directionsOf({ values: Float32Array.of(2, 0, 0, 1, -3, 0), rows: 3, width: 2 });
 * assert.equal(meanCosine(directions), -1 / 3); // of 0, −1 and 0
 * ```
 */
export function meanCosine({ table: { values, width }, lengths, directed }: Directions): number {
  const sum = new Float64Array(width);
  for (const row of directed) {
    for (let i = 0; i < width; i++) sum[i] += values[row * width + i] / lengths[row];
  }
  const count = directed.length;
  return (sum.reduce((total, value) => total + value * value, 0) - count) / (count * (count - 1));
}

/** Returns the cosines of random pairs of different rows, for a histogram. `[count]` */
export function sampleCosines(directions: Directions, count: number, seed: number): Float64Array {
  const { directed } = directions;
  const generator = createGenerator(seed);
  return Float64Array.from({ length: count }, () => {
    const one = integer(generator, directed.length);
    const other = (one + 1 + integer(generator, directed.length - 1)) % directed.length;
    return cosine(directions, directed[one], directed[other]);
  });
}

function dot({ values, width }: FeatureTable, row: number, other: number): number {
  let sum = 0;
  for (let i = 0, a = row * width, b = other * width; i < width; i++, a++, b++) sum += values[a] * values[b];
  return sum;
}
