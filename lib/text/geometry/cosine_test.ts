import assert from "node:assert/strict";
import fc from "fast-check";
import type { FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";
import { createGenerator, normals } from "../../random.ts";
import { cosine, directionsOf, meanCosine, sampleCosines } from "./cosine.ts";

function randomTable(rows: number, width: number, seed: number, shift = 0): FeatureTable {
  return {
    values: normals(createGenerator(seed), rows * width).map((value) => value + shift),
    rows,
    width,
  };
}

Deno.test("the mean cosine is that of all pairs, one by one", () => {
  const shape = fc.record({ rows: fc.integer({ min: 2, max: 30 }), width: fc.integer({ min: 1, max: 9 }) });
  fc.assert(fc.property(shape, fc.nat(), fc.integer({ min: -2, max: 2 }), ({ rows, width }, seed, shift) => {
    const directions = directionsOf(randomTable(rows, width, seed, shift));
    let sum = 0;
    let pairs = 0;
    for (const one of directions.directed) {
      for (const other of directions.directed) {
        if (one === other) continue;
        sum += cosine(directions, one, other);
        pairs++;
      }
    }
    assert.ok(Math.abs(meanCosine(directions) - sum / pairs) < 1e-9);
  }));
});

Deno.test("sampled cosines are of different rows, repeat with the seed, and have the mean of all pairs", () => {
  const directions = directionsOf(randomTable(60, 5, 4, 0.5));
  const cosines = sampleCosines(directions, 20_000, 7);
  assert.deepEqual(cosines, sampleCosines(directions, 20_000, 7));
  assert.notDeepEqual(cosines, sampleCosines(directions, 20_000, 8));
  assert.ok(cosines.every((value) => value < 1 - 1e-6), "a row was compared with itself");
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  assert.ok(Math.abs(mean - meanCosine(directions)) < 0.02);
});

Deno.test("rows of next to no length have no direction and are left out", () => {
  const values = Float32Array.of(1, 0, 0, 0, 0, 1, 1e-6, -1e-6);
  const directions = directionsOf({ values, rows: 4, width: 2 });
  assert.deepEqual([...directions.directed], [0, 2]);
  assert.deepEqual([...directions.lengths], [1, 0, 1, 0]);
  assert.equal(meanCosine(directions), 0);
});

Deno.test("a table without directions, or with numbers that are none, is refused", () => {
  const refused = (values: number[]) =>
    assert.throws(
      () => directionsOf({ values: Float32Array.from(values), rows: values.length / 2, width: 2 }),
      DataError,
    );
  refused([0, 0, 0, 0]);
  refused([1, 0]);
  refused([1, 0, NaN, 1]);
  refused([1, 0, Infinity, 1]);
});
