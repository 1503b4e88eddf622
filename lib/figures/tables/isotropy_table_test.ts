import assert from "node:assert/strict";
import { isotropyTable } from "./isotropy_table.ts";

Deno.test("the participation ratio is shown beside the width that it could reach", () => {
  const measured = {
    width: 8,
    meanCosine: 0.87,
    undirected: 2,
    participationRatio: 2,
    singularValues: new Float64Array(8),
  };
  const { columns, rows } = isotropyTable("Books", [{ name: "Text", ...measured }]);
  assert.deepEqual(rows, [["Text", 8, 0.87, 2, 25, 2]]);
  assert.equal(columns.length, 6);
});
