import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { commonPlane } from "./common_plane.ts";

Deno.test("tables share one plane: equal rows of different tables fall on one point", () => {
  const one = { values: Float32Array.of(0, 0, 0, 4, 0, 0, 0, 2, 0), rows: 3, width: 3 };
  const other = { values: Float32Array.of(4, 0, 0, 9, 1, 0), rows: 2, width: 3 };
  const [first, second] = commonPlane([one, other]);
  assert.deepEqual([first.rows, first.width, second.rows, second.width], [3, 2, 2, 2]);
  assert.deepEqual(second.values.slice(0, 2), first.values.slice(2, 4));
  // all rows lie in a plane: their distances are kept
  const distance = Math.hypot(first.values[0] - second.values[2], first.values[1] - second.values[3]);
  assert.ok(Math.abs(distance - Math.hypot(9, 1)) < 1e-5);
});

Deno.test("the middle of all rows is the origin", () => {
  const tables = [[1, 2, 8, 5], [4, 4]].map((values) => ({
    values: Float32Array.from(values),
    rows: values.length / 2,
    width: 2,
  }));
  const points = commonPlane(tables).flatMap(({ values }) => [...values]);
  for (const coordinate of [0, 1]) {
    const sum = points.reduce((total, value, at) => at % 2 === coordinate ? total + value : total, 0);
    assert.ok(Math.abs(sum) < 1e-5);
  }
});

Deno.test("single numbers have no plane", () => {
  assert.throws(() => commonPlane([{ values: Float32Array.of(1, 2), rows: 2, width: 1 }]), DataError);
});
