import assert from "node:assert/strict";
import fc from "fast-check";
import pl from "nodejs-polars";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { DataError } from "../../errors.ts";
import { openParquet } from "./parquet_file.ts";

const frame = () =>
  pl.DataFrame({
    text: ["é", null, "b", "b"],
    whole: [1, 2, 3, 4],
    float: [0.5, null, 2, -1],
    time: [0, 1, 86_400_000, 1_600_000_000_123].map((time) => new Date(time)),
    truth: [true, false, true, null],
    vector: [[1, 2], [3, 4], [5, 6], [7, 8]],
    tags: [["x"], [], ["y", "z"], ["x"]],
  });

const plain = (cell: unknown) => cell && typeof cell === "object" ? Object.values(cell) : cell ?? null;

async function columnsOf(path: string): Promise<Record<string, unknown[]>> {
  const { columns, parts } = await openParquet(path);
  const cells: unknown[][] = columns.map(() => []);
  for (const part of parts(columns.map((_, at) => at))) {
    part.cells.forEach((column, at) => cells[at].push(...Array.from(column, plain)));
  }
  return Object.fromEntries(columns.map(({ name }, at) => [name, cells[at]]));
}

const compressions = ["uncompressed", "snappy", "gzip", "brotli", "zstd", "lz4"] as const;
for (const compression of compressions) {
  Deno.test(`Parquet files are read as they were written: ${compression}`, () =>
    withTemporaryFolder(async (folder) => {
      const path = `${folder}/table.parquet`;
      frame().writeParquet(path, { compression });
      const { columns } = await openParquet(path);
      assert.deepEqual(columns.map(({ kind }) => kind), [
        "text",
        "number",
        "number",
        "time",
        "other",
        "numbers",
        "other",
      ]);
      const { whole, ...others } = await columnsOf(path);
      assert.deepEqual(whole.map(Number), [1, 2, 3, 4]);
      assert.deepEqual(others, {
        text: ["é", null, "b", "b"],
        float: [0.5, null, 2, -1],
        time: [0, 1, 86_400_000, 1_600_000_000_123],
        truth: [true, false, true, null],
        vector: [[1, 2], [3, 4], [5, 6], [7, 8]],
        tags: [["x"], [], ["y", "z"], ["x"]],
      });
    }));
}

Deno.test("a large Parquet file is read in parts", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/table.parquet`;
    const count = 2 ** 20 + 5;
    const numbers = Float64Array.from({ length: count }, (_, row) => row / 2);
    pl.DataFrame({ other: numbers, numbers }).writeParquet(path);
    const parts = [...(await openParquet(path)).parts([1])];
    assert.deepEqual(parts.map(({ rows }) => rows), [2 ** 20, 5]);
    assert.deepEqual(parts.flatMap(({ cells }) => Array.from(cells[0])), Array.from(numbers));
  }));

Deno.test("a damaged Parquet file is refused, or read as a table", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/table.parquet`;
    frame().writeParquet(path);
    const whole = await Deno.readFile(path);
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(damage, async (places) => {
        const bytes = whole.slice();
        for (const [at, byte] of places) bytes[at] = byte;
        await Deno.writeFile(path, bytes);
        try {
          const lengths = Object.values(await columnsOf(path)).map((cells) => cells.length);
          assert.equal(new Set(lengths).size, 1);
        } catch (error) {
          assert(error instanceof DataError, String(error));
          refused++;
        }
      }),
      { numRuns: 300 },
    );
    assert(refused > 0);
    await Deno.writeFile(path, whole.subarray(0, whole.length - 20));
    await assert.rejects(openParquet(path), DataError);
  }));
