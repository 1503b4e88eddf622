import type { FeatureTable } from "../../data/domain.ts";
import { ParameterError } from "../../errors.ts";
import { type PrincipalAxes, projectCentred } from "./principal_axes.ts";

/** A linear map after which a table's rows have mean 0, and variance 1 in every direction. */
export interface Whitening {
  /** Mean of the rows that it was made from. `[width]` */
  mean: Float64Array;
  /** `[width × columns]`, row by row */
  kernel: Float64Array;
}

/**
 * Makes Whitening-k of Su et al. (2021): (x − μ) · W, where W holds the first k columns of U √Λ⁻¹ and U Λ Uᵀ is the
 * covariance of the rows.
 *
 * Where the rows vary in fewer than k directions (no more than rows − 1 of them, for example), there is nothing to
 * scale to variance 1 in the others: they are left out, and the map has fewer than k columns.
 *
 * @param axes of the table that is to be whitened
 * @param k the most columns, at most the table's width
 * @throws {ParameterError} if k is not a whole number between 1 and the width
 * @example
 * ```ts
 * import { principalAxes } from "./principal_axes.ts";
 * import { createWhitening, whiten } from "./whitening.ts";
 * import assert from "node:assert/strict";
 *
 * const table = { values: Float32Array.of(1, 5, 3, 5, 5, 5, 7, 5), rows: 4, width: 2 };
 * const whitened = whiten(table, createWhitening(principalAxes(table), 2));
 * assert.equal(whitened.width, 1); // the second number is 5 in every row
 * ```
 */
export function createWhitening({ mean, axes, variances, rank }: PrincipalAxes, k: number): Whitening {
  const width = mean.length;
  if (!Number.isInteger(k) || k < 1 || k > width) {
    throw new ParameterError({
      where: "k of Whitening-k",
      expected: `a whole number between 1 and ${width}, the width of the features`,
      found: String(k),
      advice: "The authors of BERT-whitening keep 256 or 384 of 768.",
    });
  }
  const columns = Math.min(k, rank);
  const kernel = new Float64Array(width * columns);
  for (let j = 0; j < columns; j++) {
    const scale = 1 / Math.sqrt(variances[j]);
    for (let i = 0; i < width; i++) kernel[i * columns + j] = scale * axes[i * width + j];
  }
  return { mean, kernel };
}

/** Whitens a table: the one that the whitening was made from, or another one of the same width. */
export function whiten(table: FeatureTable, { mean, kernel }: Whitening): FeatureTable {
  return projectCentred(table, mean, kernel);
}
