import type { FeatureTable } from "../../../data/domain.ts";
import { type PrincipalAxes, principalAxes, projectCentred } from "../../../text/geometry/principal_axes.ts";
import { nearestByCosine, type NearestRows } from "./nearest_by_cosine.ts";
import type { SparseMatrix } from "../sparse/sparse_matrix.ts";

/** Principal axes that texts are compared along: along the others they differ by details and noise. */
const directions = 200;
/** How many similar items each has. */
const neighbours = 20;
/** Cosines up to this are 0 but for rounding, and cubed they are nothing. */
const leastCosine = 1e-6;

/**
 * Returns how similar items' texts are: for each item the 20 with the largest cosine, the cosines cubed and divided by
 * their sum.
 *
 * The cosine is that of the features along their first 200 principal axes, half whitened: coordinate j, whose variance
 * is λ, is divided by λ^¼, where whitening would divide it by λ^½. An item whose features are all 0, or those of the
 * average item, has no neighbours and is nobody's.
 *
 * All pairs are compared, a block at a time: time grows with the square of the number of items, memory with the number.
 *
 * @param features one row per item
 * @returns `[items × items]`; a row's sum is 1, or 0 for an item without neighbours
 * @throws {DataError} if fewer than two items have features, all of them have the same, or a number is not finite
 * @example
 * ```ts
 * import { textNeighbours } from "./text_neighbours.ts";
 * import { entryOf } from "../sparse/sparse_matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const values = Float32Array.of(2, 0, 3, 0.1, -2, 0, 0, 0); // the last item has no text
 * const similar = textNeighbours({ values, rows: 4, width: 2 });
 * assert.equal(entryOf(similar, 0, 1), 1);
 * assert.deepEqual([...similar.offsets], [0, 1, 2, 2, 2]);
 * ```
 */
export function textNeighbours(features: FeatureTable): SparseMatrix {
  const { items, table } = withFeatures(features);
  const axes = principalAxes(table);
  const points = projectCentred(table, axes.mean, halfWhitening(axes, directions));
  return sharesOf(nearestByCosine(points, neighbours), items, features.rows);
}

/** Returns the items whose features are not all 0, and their rows. */
function withFeatures({ values, rows, width }: FeatureTable): { items: Int32Array; table: FeatureTable } {
  const items = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => {
    for (let at = row * width; at < (row + 1) * width; at++) if (values[at] !== 0) return true;
    return false;
  });
  if (items.length === rows) return { items, table: { values, rows, width } };
  const kept = new Float32Array(items.length * width);
  items.forEach((row, at) => kept.set(values.subarray(row * width, (row + 1) * width), at * width));
  return { items, table: { values: kept, rows: items.length, width } };
}

/** Returns the kernel that maps rows to their coordinates along the first axes, divided by λ^¼. `[width × columns]` */
function halfWhitening({ axes, variances, rank, mean }: PrincipalAxes, most: number): Float64Array {
  const width = mean.length;
  const columns = Math.min(most, rank);
  const kernel = new Float64Array(width * columns);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < width; i++) kernel[i * columns + j] = axes[i * width + j] * variances[j] ** -0.25;
  }
  return kernel;
}

/** Returns the matrix of cosines³, rows divided by their sums; those of 0 or less are left out. */
function sharesOf({ nearest, cosines }: NearestRows, items: Int32Array, rows: number): SparseMatrix {
  const offsets = new Int32Array(rows + 1);
  items.forEach((item, row) => {
    for (let at = row * neighbours; at < (row + 1) * neighbours; at++) {
      offsets[item + 1] += Number(cosines[at] > leastCosine);
    }
  });
  for (let item = 0; item < rows; item++) offsets[item + 1] += offsets[item];
  const columns = new Int32Array(offsets[rows]);
  const values = new Float32Array(offsets[rows]);
  items.forEach((item, row) => {
    const places = Array.from({ length: neighbours }, (_, i) => row * neighbours + i)
      .filter((at) => cosines[at] > leastCosine)
      .sort((one, other) => nearest[one] - nearest[other]);
    const sum = places.reduce((sum, at) => sum + cosines[at] ** 3, 0);
    places.forEach((at, i) => {
      columns[offsets[item] + i] = items[nearest[at]];
      values[offsets[item] + i] = cosines[at] ** 3 / sum;
    });
  });
  return { offsets, columns, values };
}
