import assert from "node:assert/strict";
import { addRow, addTo, clearSum, createSum, totalOf } from "./sparse_sum.ts";

const matrix = {
  offsets: Int32Array.of(0, 2, 2, 4),
  columns: Int32Array.of(1, 3, 0, 1),
  values: Float32Array.of(2, 4, 1, 8),
};

Deno.test("rows add up, each item is listed once, and clearing leaves nothing", () => {
  const sum = createSum(4);
  addRow(sum, matrix, 0, 0.5);
  addRow(sum, matrix, 1, 7);
  addRow(sum, matrix, 2, 2);
  addTo(sum, 3, 1);
  assert.deepEqual([...sum.values], [2, 17, 0, 3]);
  assert.deepEqual([...sum.touched.subarray(0, sum.count)], [1, 3, 0]);
  assert.equal(totalOf(sum), 22);

  clearSum(sum);
  assert.deepEqual([[...sum.values], sum.count, totalOf(sum)], [[0, 0, 0, 0], 0, 0]);
});
