import assert from "node:assert/strict";
import { join } from "node:path";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { CheckpointError, DataError } from "../../errors.ts";
import { archivedResults } from "./archived_results.ts";
import { savedResult, writeArchive } from "./test_results.ts";

Deno.test("kept results come back from their archive; no archive has none", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "results.tar.gz");
    assert.deepEqual(await archivedResults(path), []);
    const results = [savedResult("SASRec", { test: [0, 12] }), savedResult("FDSA", { test: [5, -1] })];
    await writeArchive(path, results);
    assert.deepEqual(await archivedResults(path), results);
  }));

Deno.test("a damaged result is refused with archive, file and field", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "results.tar.gz");
    await writeArchive(path, [{ ...savedResult("SASRec", { test: [0] }), bestEpoch: -2 }]);
    await assert.rejects(
      archivedResults(path),
      (error) =>
        error instanceof CheckpointError && /results\.tar\.gz, experiments\/0\.json/.test(error.message),
    );
  }));

Deno.test("what is no archive is refused by name", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "results.tar.gz");
    await Deno.writeTextFile(path, "no archive");
    await assert.rejects(
      archivedResults(path),
      (error) => error instanceof DataError && error.message.startsWith(path),
    );
  }));
