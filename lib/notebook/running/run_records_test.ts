import assert from "node:assert/strict";
import { join } from "node:path";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { DataError } from "../../errors.ts";
import { saveTable } from "../../figures/output/save.ts";
import { changeTimes, readRuns, recordRun } from "./run_records.ts";

const table = { caption: "", columns: [], rows: [] };

Deno.test("a run's record names what it saved, and not what was there before", () =>
  withTemporaryFolder(async (root) => {
    await saveTable("mine", "table-old", table, root);
    const before = await changeTimes("mine", root);
    await saveTable("mine", "table-2", table, root);
    await recordRun("mine", "01-datasets", { seconds: 3, failure: null }, before, root);
    assert.deepEqual(await readRuns("mine", root), {
      "01-datasets": { seconds: 3, failure: null, outputs: ["table-2"] },
    });
  }));

Deno.test("a run that failed keeps what earlier ones saved, a whole run does not", () =>
  withTemporaryFolder(async (root) => {
    const run = async (failure: string | null, names: string[]) => {
      const before = await changeTimes("mine", root);
      // a file system may count in milliseconds
      await new Promise((resolve) => setTimeout(resolve, 5));
      for (const name of names) await saveTable("mine", name, table, root);
      await recordRun("mine", "01-datasets", { seconds: 1, failure }, before, root);
      return (await readRuns("mine", root))["01-datasets"].outputs;
    };
    assert.deepEqual(await run(null, ["a", "b"]), ["a", "b"]);
    assert.deepEqual(await run("code cell 2: Error", ["a"]), ["a", "b"]);
    assert.deepEqual(await run(null, ["a"]), ["a"]);
  }));

Deno.test("a damaged record is named with its field", () =>
  withTemporaryFolder(async (root) => {
    const path = join(root, "mine", "outputs.json");
    await Deno.mkdir(join(root, "mine"));
    const record = { seconds: 1, failure: null, outputs: [] };
    const damaged: [string, string][] = [
      ["{", ""],
      ["null", ""],
      ["[]", ""],
      ['{ "a": null }', ", a"],
      [JSON.stringify({ a: { ...record, seconds: null } }), ", a.seconds"],
      [JSON.stringify({ a: { ...record, seconds: -1 } }), ", a.seconds"],
      [JSON.stringify({ a: { ...record, failure: 3 } }), ", a.failure"],
      [JSON.stringify({ a: { ...record, outputs: [null] } }), ", a.outputs[0]"],
      [JSON.stringify({ a: { seconds: 1, failure: null } }), ", a.outputs"],
    ];
    for (const [text, field] of damaged) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(readRuns("mine", root), (error: Error) => {
        assert.ok(error instanceof DataError, String(error));
        assert.ok(error.message.startsWith(`${path}${field}: `), error.message);
        return true;
      });
    }
  }));
