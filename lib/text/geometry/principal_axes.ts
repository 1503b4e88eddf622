import { EVD, Matrix } from "ml-matrix";
import type { FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";

/** The directions in which the rows of a table vary, the one with the largest variance first. */
export interface PrincipalAxes {
  /** Mean of the rows. `[width]` */
  mean: Float64Array;
  /** Column `j` is the unit vector along axis `j`. `[width × width]`, row by row */
  axes: Float64Array;
  /** Variance of the rows along each axis, descending, never negative. `[width]` */
  variances: Float64Array;
  /**
   * How many variances can be told from rounding; the axes after these are arbitrary.
   *
   * They are above max(rows, width) · 2⁻⁵² times the largest variance, for the rounding of the computation, and above
   * (2⁻²⁴ · x)² for the largest number x of the table, for that of 32-bit features.
   */
  rank: number;
}

/** Rows taken up together: each entry of the covariance is then read and written once for all of them. */
const block = 8;

/**
 * Computes the principal axes of a table: the eigenvectors of its rows' covariance (divided by the number of rows).
 *
 * @throws {DataError} if there are fewer than two rows, all rows are equal, or a number is not finite
 * @example
 * ```ts
 * import { principalAxes } from "./principal_axes.ts";
 * import assert from "node:assert/strict";
 *
 * const { variances, rank } = principalAxes({ values: Float32Array.of(0, 3, 4, 3), rows: 2, width: 2 });
 * assert.deepEqual([...variances], [4, 0]);
 * assert.equal(rank, 1);
 * ```
 */
export function principalAxes(table: FeatureTable): PrincipalAxes {
  const { rows, width } = table;
  if (rows < 2) throw problem("at least two rows", String(rows));
  const mean = meanRow(table);
  if (!mean.every(Number.isFinite)) throw problem("finite numbers", "NaN or an infinite one");
  const { realEigenvalues, eigenvectorMatrix } = new EVD(covariance(table, mean), { assumeSymmetric: true });
  // the package gives eigenvalues in ascending order; rounding may make those that are zero slightly negative
  const variances = Float64Array.from(realEigenvalues, (value) => Math.max(0, value)).reverse();
  const largest = table.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const least = Math.max(Math.max(rows, width) * Number.EPSILON * variances[0], (2 ** -24 * largest) ** 2);
  const rank = variances.filter((variance) => variance > least).length;
  if (rank === 0) throw problem("rows that differ", `${rows} that are equal to rounding`);
  const axes = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) axes[i * width + j] = eigenvectorMatrix.get(i, width - 1 - j);
  }
  return { mean, axes, variances, rank };
}

/**
 * Returns the table in the coordinates of its first principal axes: the most faithful map in so few dimensions.
 *
 * @param axes of this table or of another one of the same width
 * @param count how many coordinates each row gets
 */
export function principalComponents(table: FeatureTable, axes: PrincipalAxes, count: number): FeatureTable {
  const { width } = table;
  const kernel = Float64Array.from(
    { length: width * count },
    (_, at) => axes.axes[Math.floor(at / count) * width + at % count],
  );
  return projectCentred(table, axes.mean, kernel);
}

/**
 * Returns (x − mean) · kernel for every row x.
 *
 * @param mean `[width]`
 * @param kernel `[width × columns]`
 * @returns `[rows × columns]`
 * @throws {DataError} if the table has another width than the mean
 */
export function projectCentred(table: FeatureTable, mean: Float64Array, kernel: Float64Array): FeatureTable {
  const { rows, width } = table;
  if (width !== mean.length) throw problem(`rows of ${mean.length} numbers`, `rows of ${width}`);
  const columns = kernel.length / width;
  const values = new Float32Array(rows * columns);
  const product = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    product.fill(0);
    for (let i = 0, at = 0; i < width; i++) {
      const value = table.values[row * width + i] - mean[i];
      for (let j = 0; j < columns; j++, at++) product[j] += value * kernel[at];
    }
    values.set(product, row * columns);
  }
  return { values, rows, width: columns };
}

function meanRow({ values, rows, width }: FeatureTable): Float64Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < values.length; at++) mean[at % width] += values[at];
  return mean.map((sum) => sum / rows);
}

/** Covariance of the rows: written out, since the package's product takes seven times as long and the memory twice. */
function covariance({ values, rows, width }: FeatureTable, mean: Float64Array): Matrix {
  const sums = new Float64Array(width * width); // the lower triangle
  const centred = Array.from({ length: block }, () => new Float64Array(width));
  const [a, b, c, d, e, f, g, h] = centred;
  for (let start = 0; start < rows; start += block) {
    centred.forEach((row, at) => {
      const from = (start + at) * width;
      for (let i = 0; i < width; i++) row[i] = start + at < rows ? values[from + i] - mean[i] : 0;
    });
    for (let i = 0; i < width; i++) {
      const [ai, bi, ci, di, ei, fi, gi, hi] = centred.map((row) => row[i]);
      for (let j = 0, at = i * width; j <= i; j++, at++) {
        sums[at] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j] + ei * e[j] + fi * f[j] + gi * g[j] +
          hi * h[j];
      }
    }
  }
  const matrix = new Matrix(width, width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = sums[i * width + j] / rows;
      matrix.set(i, j, entry);
      matrix.set(j, i, entry);
    }
  }
  return matrix;
}

function problem(expected: string, found: string): DataError {
  return new DataError({
    where: "table of features",
    expected,
    found,
    advice: "Check how the features were made.",
  });
}
