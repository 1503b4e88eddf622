import assert from "node:assert/strict";
import fc from "fast-check";
import { entryOf } from "./sparse_matrix.ts";

Deno.test("an entry is what stands in its row and column, and 0 where nothing does", () => {
  const rows = fc.array(fc.array(fc.constantFrom(0, 0, 1, 2.5), { minLength: 7, maxLength: 7 }), {
    maxLength: 5,
  });
  fc.assert(fc.property(rows, (dense) => {
    const kept = dense.map((row) => row.flatMap((value, column) => value > 0 ? [{ column, value }] : []));
    const offsets = new Int32Array(dense.length + 1);
    kept.forEach((row, i) => offsets[i + 1] = offsets[i] + row.length);
    const columns = Int32Array.from(kept.flat(), ({ column }) => column);
    const values = Float32Array.from(kept.flat(), ({ value }) => value);
    dense.forEach((row, i) =>
      row.forEach((value, column) => assert.equal(entryOf({ offsets, columns, values }, i, column), value))
    );
  }));
});
