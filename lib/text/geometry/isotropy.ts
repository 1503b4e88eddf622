import type { FeatureTable } from "../../data/domain.ts";
import { directionsOf, meanCosine } from "./cosine.ts";
import { type PrincipalAxes, principalAxes } from "./principal_axes.ts";

/** How evenly the rows of a table spread over directions. */
export interface Isotropy {
  /** Numbers per row. */
  width: number;
  /** Mean cosine over all pairs of different rows: about 0 where they point anywhere, 1 where all point one way. */
  meanCosine: number;
  /** Rows so short that they have no direction; they are not in the mean cosine. */
  undirected: number;
  /**
   * (Σ λ)² / Σ λ² of the variances λ along the principal axes: in how many directions the rows vary, when each counts
   * by its share. Between 1 and the width.
   */
  participationRatio: number;
  /** Singular values of the table less its mean row, descending. `[width]` */
  singularValues: Float64Array;
}

/**
 * Measures how isotropic a table is.
 *
 * @param axes the table's principal axes, where they are known already
 * @throws {DataError} if there are fewer than two rows, all are equal, or a number is not finite
 * @example
 * ```ts
 * import { measureIsotropy } from "./isotropy.ts";
 * import assert from "node:assert/strict";
 *
 * const square = { values: Float32Array.of(1, 1, 1, -1, -1, 1, -1, -1), rows: 4, width: 2 };
 * assert.equal(measureIsotropy(square).participationRatio, 2);
 * ```
 */
export function measureIsotropy(table: FeatureTable, axes: PrincipalAxes = principalAxes(table)): Isotropy {
  const { rows, width } = table;
  const directions = directionsOf(table);
  const sum = axes.variances.reduce((total, variance) => total + variance, 0);
  const squares = axes.variances.reduce((total, variance) => total + variance * variance, 0);
  return {
    width,
    meanCosine: meanCosine(directions),
    undirected: rows - directions.directed.length,
    participationRatio: sum * sum / squares,
    singularValues: axes.variances.map((variance) => Math.sqrt(rows * variance)),
  };
}
