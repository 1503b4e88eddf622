import assert from "node:assert/strict";
import fc from "fast-check";
import type { FeatureTable } from "../../data/domain.ts";
import { DataError, ParameterError } from "../../errors.ts";
import { createGenerator, normals } from "../../random.ts";
import { principalAxes } from "./principal_axes.ts";
import { createWhitening, whiten } from "./whitening.ts";

function randomTable(rows: number, width: number, seed: number): FeatureTable {
  const values = normals(createGenerator(seed), rows * width);
  // columns of unlike sizes around unlike means
  return { values: values.map((value, at) => (1 + at % width) * value + 3 * (at % width)), rows, width };
}

function whitened(table: FeatureTable, k: number): FeatureTable {
  return whiten(table, createWhitening(principalAxes(table), k));
}

/** Mean product of two columns over all rows. */
function meanProduct({ values, rows, width }: FeatureTable, one: number, other: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += values[row * width + one] * values[row * width + other];
  return sum / rows;
}

function innerProduct({ values, width }: FeatureTable, one: number, other: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += values[one * width + i] * values[other * width + i];
  return sum;
}

function assertWhite(table: FeatureTable) {
  const { values, width, rows } = table;
  for (let i = 0; i < width; i++) {
    const mean = values.reduce((sum, value, at) => at % width === i ? sum + value / rows : sum, 0);
    assert.ok(Math.abs(mean) < 1e-5, `mean of column ${i}: ${mean}`);
    for (let j = 0; j <= i; j++) {
      const wanted = i === j ? 1 : 0;
      assert.ok(Math.abs(meanProduct(table, i, j) - wanted) < 1e-4, `covariance of columns ${i} and ${j}`);
    }
  }
}

Deno.test("whitened rows have mean 0 and the unit matrix as covariance, whatever k", () => {
  const shapes = fc.record({ width: fc.integer({ min: 1, max: 10 }), more: fc.integer({ min: 1, max: 40 }) });
  fc.assert(fc.property(shapes, fc.nat(), fc.nat(), ({ width, more }, seed, draw) => {
    const k = 1 + draw % width;
    const table = whitened(randomTable(width + more, width, seed), k);
    assert.equal(table.width, k);
    assertWhite(table);
  }));
});

Deno.test("a smaller k keeps the first columns, those of the largest variance", () => {
  const table = randomTable(40, 8, 3);
  const [all, first] = [whitened(table, 8), whitened(table, 3)];
  for (let row = 0; row < table.rows; row++) {
    assert.deepEqual(first.values.slice(row * 3, row * 3 + 3), all.values.slice(row * 8, row * 8 + 3));
  }
});

Deno.test("in full width, products of whitened rows do not depend on the features' scale, shift or mixture", () => {
  fc.assert(fc.property(fc.nat(), (seed) => {
    const table = randomTable(25, 4, seed);
    // each column plus half the one before, times ten: a map that can be undone
    const mixed = table.values.map((value, at) =>
      10 * (value + (at % 4 ? 0.5 * table.values[at - 1] : 0)) - 4
    );
    const [one, other] = [whitened(table, 4), whitened({ ...table, values: mixed }, 4)];
    for (let row = 0; row < table.rows; row++) {
      assert.ok(Math.abs(innerProduct(one, 0, row) - innerProduct(other, 0, row)) < 1e-3);
    }
  }));
});

Deno.test("with fewer rows than columns, rows − 1 columns are left, and every item is as far from any other", () => {
  const table = whitened(randomTable(6, 20, 9), 20);
  assert.equal(table.width, 5);
  assertWhite(table);
  for (let one = 0; one < 6; one++) {
    for (let other = 0; other < one; other++) {
      const cosine = innerProduct(table, one, other) / innerProduct(table, one, one);
      assert.ok(Math.abs(cosine + 1 / 5) < 1e-4); // the corners of a simplex
    }
  }
});

Deno.test("a whitening made from some items serves others", () => {
  const table = randomTable(50, 4, 2);
  const whitening = createWhitening(principalAxes(table), 4);
  const last = { values: table.values.slice(-4), rows: 1, width: 4 };
  assert.deepEqual(whiten(last, whitening).values, whiten(table, whitening).values.slice(-4));
});

Deno.test("k is a whole number of columns that there are", () => {
  const axes = principalAxes(randomTable(20, 4, 1));
  for (const k of [0, 5, 2.5, NaN]) {
    assert.throws(
      () => createWhitening(axes, k),
      (error) => error instanceof ParameterError && /between 1 and 4/.test(error.message),
    );
  }
});

Deno.test("a whitening is refused for features of another width", () => {
  const whitening = createWhitening(principalAxes(randomTable(20, 4, 1)), 4);
  assert.throws(
    () => whiten(randomTable(20, 6, 1), whitening),
    (error) => error instanceof DataError && /rows of 4 numbers, but found rows of 6/.test(error.message),
  );
});
