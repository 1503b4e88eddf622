import assert from "node:assert/strict";
import type { FeatureTable } from "../../data/domain.ts";
import { createGenerator, normals } from "../../random.ts";
import { commonWhitening } from "./common_whitening.ts";

const width = 5;
const table = (rows: number, seed: number, scale: number): FeatureTable => ({
  values: normals(createGenerator(seed), rows * width, scale),
  rows,
  width,
});

Deno.test("the rows of all tables together have mean 0 and variance 1, not those of each", () => {
  const tables = [table(40, 1, 1), table(20, 2, 4)];
  const whitened = tables.map(commonWhitening(tables, 3));
  for (let column = 0; column < 3; column++) {
    const moments = (group: FeatureTable[]) => {
      const values = group.flatMap(({ values }) => [...values].filter((_, at) => at % 3 === column));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
    };
    const { mean, variance } = moments(whitened);
    assert.ok(Math.abs(mean) < 1e-5 && Math.abs(variance - 1) < 1e-4);
    assert.ok(moments(whitened.slice(1)).variance > 1.2);
  }
});
