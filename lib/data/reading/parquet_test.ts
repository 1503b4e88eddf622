import assert from "node:assert/strict";
import pl from "nodejs-polars";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { DataError } from "../../errors.ts";
import { parquetLayout, readParquetTable } from "./parquet.ts";

async function read(path: string, columns: Record<string, unknown[]>, timesAre: "times" | "numbers") {
  pl.DataFrame(columns).writeParquet(path);
  const layout = await parquetLayout(path);
  return await readParquetTable(path, { layout, ids: [0], times: [1], timesAre, texts: [] });
}

Deno.test("times are dates, numbers or text, and identifiers of whole floats are whole numbers", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/log.parquet`;
    const moments = [1_400_000_000, 1_400_000_060];
    const user = [7.0, null];
    for (
      const time of [
        moments,
        moments.map(BigInt),
        moments.map(String),
        moments.map((seconds) => new Date(1000 * seconds)),
      ]
    ) {
      const { ids: [users], times: [times] } = await read(path, { user, time }, "times");
      assert.deepEqual([users.ids, ...users.codes], [["7"], 0, -1]);
      assert.deepEqual([...times], moments.map((seconds) => 1000 * seconds));
    }
  }));

Deno.test("truth values and lists are no times, and lists no identifiers", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/log.parquet`;
    const user = ["a", "b"];
    for (const timesAre of ["times", "numbers"] as const) {
      for (const time of [[true, false], [[5], [6]]]) {
        await assert.rejects(read(path, { user, time }, timesAre), DataError);
      }
    }
    await assert.rejects(read(path, { user: [["a"], ["b"]], time: [1, 2] }, "numbers"), DataError);
  }));
