import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { DataError } from "../../errors.ts";
import { changedNumbers, readChecksums, writeChecksums } from "./checksums.ts";
import { saveNumbers, saveTable } from "./save.ts";

const saveAll = async (root: string, value: number) => {
  const columns = [{ name: "users", heading: "#Users" }];
  await saveTable("mine", "table-2", { caption: "Data", columns, rows: [[8442]] }, root);
  await saveNumbers("mine", "01-datasets", { seed: 1, settings: {}, numbers: { value } }, root);
};

Deno.test("the file has a line for numbers.json and each table but that of times, as sha256sum writes it", () =>
  withTemporaryFolder(async (root) => {
    await saveAll(root, 1);
    await Deno.writeTextFile(join(root, "mine", "outputs.json"), "{}");
    await saveTable("mine", "table-cost", { caption: "Time", columns: [], rows: [] }, root);
    await writeChecksums("mine", root);
    const line = async (name: string) =>
      `${
        createHash("sha256").update(await Deno.readFile(join(root, "mine", name))).digest("hex")
      }  ${name}\n`;
    assert.equal(
      await Deno.readTextFile(join(root, "mine", "numbers.sha256")),
      await line("numbers.json") + await line("table-2.csv"),
    );
  }));

Deno.test("equal numbers have equal checksums, others do not", () =>
  withTemporaryFolder(async (root) => {
    assert.equal(await readChecksums("mine", root), null);
    await saveAll(root, 1);
    const first = await writeChecksums("mine", root);
    await saveAll(root, 1);
    assert.deepEqual(await writeChecksums("mine", root), first);
    assert.deepEqual(await readChecksums("mine", root), first);
    await saveAll(root, 1 + Number.EPSILON);
    assert.deepEqual(changedNumbers(first, await writeChecksums("mine", root)), ["numbers.json"]);
  }));

Deno.test("new and lost files are changes", () => {
  assert.deepEqual(changedNumbers({ a: "1", b: "2" }, { b: "2", c: "3" }), ["a", "c"]);
});

Deno.test("a damaged list of checksums is named with its line", () =>
  withTemporaryFolder(async (root) => {
    await Deno.mkdir(join(root, "mine"));
    const path = join(root, "mine", "numbers.sha256");
    for (const line of ["", "abc  table-2.csv", "0".repeat(64)]) {
      await Deno.writeTextFile(path, `${"a".repeat(64)}  numbers.json\n${line}\n`);
      await assert.rejects(readChecksums("mine", root), (error: Error) =>
        error instanceof DataError && error.message.startsWith(`${path}:2: `));
    }
  }));
