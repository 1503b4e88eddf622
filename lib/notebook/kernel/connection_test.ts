import assert from "node:assert/strict";
import { join } from "node:path";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { StorageError } from "../../errors.ts";
import { makeConnection } from "./connection.ts";

const namesIn = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
const yesterday = Date.now() / 1000 - 86_400;

Deno.test("only this user may read the key, and nothing is left of a connection that is removed", () =>
  withTemporaryFolder(async (root) => {
    const { folder, file, key, remove } = await makeConnection(root);
    assert.equal(JSON.parse(await Deno.readTextFile(file)).key, key);
    assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
    assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
    await remove();
    assert.deepEqual(namesIn(root), []);
  }));

Deno.test("each connection has its own key and ports", () =>
  withTemporaryFolder(async (root) => {
    const [one, other] = [await makeConnection(root), await makeConnection(root)];
    assert.notEqual(one.key, other.key);
    assert.notEqual(one.shellPort, one.iopubPort);
    await one.remove();
    await other.remove();
  }));

Deno.test("connections of dead processes are removed, those of living ones and other folders stay", () =>
  withTemporaryFolder(async (root) => {
    const living = await makeConnection(root);
    for (const name of ["unisrec-kernel-dead", "unisrec-kernel-young", "others"]) {
      await Deno.mkdir(join(root, name, "tmp"), { recursive: true });
    }
    for (const folder of [living.folder, join(root, "unisrec-kernel-dead"), join(root, "others")]) {
      await Deno.utime(folder, yesterday, yesterday);
    }
    const next = await makeConnection(root);
    const expected = [living.folder, next.folder, join(root, "unisrec-kernel-young"), join(root, "others")];
    assert.deepEqual(namesIn(root).map((name) => join(root, name)), expected.sort());
    await living.remove();
    await next.remove();
  }));

Deno.test("a full disk is said, and nothing is left", () =>
  withTemporaryFolder(async (root) => {
    const { writeTextFile } = Deno;
    Deno.writeTextFile = () => Promise.reject(Object.assign(new Error(), { code: "ENOSPC" }));
    try {
      await assert.rejects(makeConnection(root), StorageError);
      assert.deepEqual(namesIn(root), []);
    } finally {
      Deno.writeTextFile = writeTextFile;
    }
  }));
