import assert from "node:assert/strict";
import fc from "fast-check";
import { createGenerator, normals } from "../../../random.ts";
import { entryOf, type SparseMatrix } from "../sparse/sparse_matrix.ts";
import { textNeighbours } from "./text_neighbours.ts";

const rowOf = ({ offsets, columns, values }: SparseMatrix, row: number) =>
  Array.from(columns.subarray(offsets[row], offsets[row + 1]), (column, i) => ({
    column,
    value: values[offsets[row] + i],
  }));

/** Checks what must hold of every matrix of similar texts. */
function checkShares(similar: SparseMatrix, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const entries = rowOf(similar, row);
    assert.ok(entries.length <= 20);
    assert.ok(entries.every(({ value }) => value > 0 && value <= 1));
    assert.ok(
      entries.every(({ column }, at) => column !== row && (at === 0 || column > entries[at - 1].column)),
    );
    const sum = entries.reduce((sum, { value }) => sum + value, 0);
    assert.ok(entries.length === 0 || Math.abs(sum - 1) < 1e-6);
  }
}

Deno.test("rows are shares of at most 20 others", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 90 }),
      fc.integer({ min: 1, max: 8 }),
      fc.nat(),
      (rows, width, seed) => {
        const similar = textNeighbours({ values: normals(createGenerator(seed), rows * width), rows, width });
        checkShares(similar, rows);
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("the more alike, the larger the share: as the cubes of the cosines", () => {
  // the rows' mean is 0, and they vary alike along both axes
  const at = (degrees: number) => [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  const angles = [0, 30, 90, 120, 180, 210, 270, 300];
  const similar = textNeighbours({ values: Float32Array.from(angles.flatMap(at)), rows: 8, width: 2 });
  assert.deepEqual(rowOf(similar, 0).map(({ column }) => column), [1, 7]); // 90° and −90° have cosine 0
  assert.ok(Math.abs(entryOf(similar, 0, 1) / entryOf(similar, 0, 7) - (Math.sqrt(3) / 2 / 0.5) ** 3) < 1e-4);
});

Deno.test("items without features, or with those of the average item, have no neighbours and are nobody's", () => {
  const [rows, width] = [50, 6];
  const values = normals(createGenerator(3), rows * width);
  const without = [4, 5, 17];
  for (const row of without) values.fill(0, row * width, (row + 1) * width);
  const kept = [...Array(rows).keys()].filter((row) => !without.includes(row) && row !== 30);
  for (let i = 0; i < width; i++) {
    values[30 * width + i] = kept.reduce((sum, row) => sum + values[row * width + i], 0) / kept.length;
  }
  const similar = textNeighbours({ values, rows, width });
  checkShares(similar, rows);
  for (const row of [...without, 30]) {
    assert.deepEqual(rowOf(similar, row), []);
    assert.ok(!similar.columns.includes(row));
  }
});

Deno.test("without features of two items, or with all the same, there is no similarity", () => {
  for (const values of [new Float32Array(12), Float32Array.of(1, 2, 3, ...new Array(9).fill(0))]) {
    assert.throws(() => textNeighbours({ values, rows: 4, width: 3 }), {
      name: "DataError",
      message: /two rows/,
    });
  }
  const same = new Float32Array(12).fill(2);
  assert.throws(() => textNeighbours({ values: same, rows: 4, width: 3 }), {
    name: "DataError",
    message: /differ/,
  });
});
