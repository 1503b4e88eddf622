import assert from "node:assert/strict";
import fc from "fast-check";
import type { FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";
import { createGenerator, normals } from "../../random.ts";
import { principalAxes, principalComponents } from "./principal_axes.ts";

/** Makes rows that vary in `rank` directions at random, around a mean far from zero. */
function randomTable({ rows, width, rank = width, seed = 1 }: Record<string, number>): FeatureTable {
  const generator = createGenerator(seed);
  const scores = normals(generator, rows * rank);
  const directions = normals(generator, rank * width);
  const values = Float32Array.from({ length: rows * width }, (_, at) => {
    const [row, i] = [Math.floor(at / width), at % width];
    let sum = 5;
    for (let j = 0; j < rank; j++) sum += scores[row * rank + j] * directions[j * width + i];
    return sum;
  });
  return { values, rows, width };
}

/** Covariance of two columns of a table, the plain way. */
function covarianceOf({ values, rows, width }: FeatureTable, one: number, other: number): number {
  const column = (i: number) => Array.from({ length: rows }, (_, row) => values[row * width + i]);
  const centred = [column(one), column(other)].map((numbers) => {
    const mean = numbers.reduce((sum, value) => sum + value, 0) / rows;
    return numbers.map((value) => value - mean);
  });
  return centred[0].reduce((sum, value, row) => sum + value * centred[1][row], 0) / rows;
}

const shapes = fc.record({ rows: fc.integer({ min: 2, max: 40 }), width: fc.integer({ min: 1, max: 12 }) });

Deno.test("axes are orthonormal eigenvectors of the covariance, in descending order of their variance", () => {
  fc.assert(fc.property(shapes, fc.nat(), ({ rows, width }, seed) => {
    const table = randomTable({ rows, width, seed });
    const { axes, variances } = principalAxes(table);
    const scale = variances[0];
    for (let j = 0; j < width; j++) {
      assert.ok(j === 0 || variances[j] <= variances[j - 1]);
      for (let i = 0; i < width; i++) {
        let product = 0; // of the covariance's row i and axis j
        let inner = 0; // of axes i and j
        for (let l = 0; l < width; l++) {
          product += covarianceOf(table, i, l) * axes[l * width + j];
          inner += axes[l * width + i] * axes[l * width + j];
        }
        assert.ok(Math.abs(product - variances[j] * axes[i * width + j]) < 1e-9 * scale);
        assert.ok(Math.abs(inner - (i === j ? 1 : 0)) < 1e-9);
      }
    }
  }));
});

Deno.test("the rank counts directions that vary: too few rows, copied columns, constant ones", () => {
  assert.equal(principalAxes(randomTable({ rows: 7, width: 20 })).rank, 6);
  assert.equal(principalAxes(randomTable({ rows: 50, width: 20 })).rank, 20);
  const { values, rows } = randomTable({ rows: 50, width: 3 });
  // columns 0, 1, 2, then column 0 doubled, then a constant
  const wider = Float32Array.from({ length: rows * 5 }, (_, at) => {
    const [row, i] = [Math.floor(at / 5), at % 5];
    return i < 3 ? values[row * 3 + i] : i === 3 ? 2 * values[row * 3] : -7;
  });
  assert.equal(principalAxes({ values: wider, rows, width: 5 }).rank, 3);
});

Deno.test("32-bit rounding of the features adds no rank", () => {
  const table = randomTable({ rows: 300, width: 40, rank: 5 });
  assert.equal(principalAxes(table).rank, 5);
  const far = { ...table, values: table.values.map((value) => 1000 + value) };
  assert.equal(principalAxes(far).rank, 5);
});

Deno.test("components keep the distances of a table that varies in as few directions", () => {
  const table = randomTable({ rows: 30, width: 10, rank: 2 });
  const plane = principalComponents(table, principalAxes(table), 2);
  assert.deepEqual([plane.rows, plane.width], [30, 2]);
  const distance = ({ values, width }: FeatureTable, one: number, other: number) =>
    Math.hypot(
      ...Array.from({ length: width }, (_, i) => values[one * width + i] - values[other * width + i]),
    );
  for (let row = 1; row < table.rows; row++) {
    assert.ok(Math.abs(distance(plane, 0, row) - distance(table, 0, row)) < 1e-4);
  }
});

Deno.test("the same table gives the same axes, bit for bit", () => {
  const table = randomTable({ rows: 33, width: 9 });
  assert.deepEqual(principalAxes(table), principalAxes(table));
});

Deno.test("tables without a direction to find are refused", () => {
  const refused = (values: number[], rows: number, message: RegExp) =>
    assert.throws(
      () => principalAxes({ values: Float32Array.from(values), rows, width: values.length / rows }),
      (error) => error instanceof DataError && message.test(error.message),
    );
  refused([1, 2], 1, /at least two rows, but found 1/);
  refused([1, 2, 1, 2, 1, 2], 3, /rows that differ, but found 3 that are equal/);
  refused([0.1, 0.7, 0.1, 0.7, 0.1, 0.7], 3, /found 3 that are equal/); // their mean is not 0.1, to rounding
  refused([1, NaN, 1, 2], 2, /finite numbers/);
  refused([1, Infinity, 1, 2], 2, /finite numbers/);
});
