import assert from "node:assert/strict";
import { withTemporaryFolder } from "../tests/with_temporary_folder.ts";
import { StorageError } from "./errors.ts";
import { appendAndFlush, checkWritable, writeFileAtomically } from "./write_file.ts";

const namesIn = (folder: string) => Array.from(Deno.readDirSync(folder), (entry) => entry.name);

Deno.test("chunks are written one after the other, over what was there", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "something older and longer");
    await writeFileAtomically(`${folder}/file`, [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)]);
    assert.deepEqual([...await Deno.readFile(`${folder}/file`)], [1, 2, 3]);
    assert.deepEqual(namesIn(folder), ["file"]);
  }));

Deno.test("a write that fails leaves the old contents and no temporary file", () =>
  withTemporaryFolder(async (folder) => {
    await Deno.mkdir(`${folder}/taken`);
    await assert.rejects(writeFileAtomically(`${folder}/taken`, "text"));
    assert.deepEqual(namesIn(folder), ["taken"]);
    assert.ok((await Deno.stat(`${folder}/taken`)).isDirectory);
    await assert.rejects(writeFileAtomically(`${folder}/missing/file`, "text"), Deno.errors.NotFound);
  }));

Deno.test("what is appended stands after what was there; a file that is not there is made", () =>
  withTemporaryFolder(async (folder) => {
    await appendAndFlush(`${folder}/log`, "one\n");
    await appendAndFlush(`${folder}/log`, "zwölf\n");
    assert.equal(await Deno.readTextFile(`${folder}/log`), "one\nzwölf\n");
  }));

/** Lets every write, or every opening, fail as the system does it with some code. */
async function failing(what: "write" | "open", code: string, action: () => Promise<void>): Promise<void> {
  const { open } = Deno;
  const fail = () => Promise.reject(Object.assign(new Error(code), { code }));
  Deno.open = what === "open" ? fail : async (...args) => {
    const file = await open(...args);
    const { write } = file;
    let calls = 0;
    file.write = (bytes) => calls++ === 0 ? write.call(file, bytes.subarray(0, 1)) : fail(); // it has begun
    return file;
  };
  try {
    await action();
  } finally {
    Deno.open = open;
  }
}

Deno.test("a full disk is said with the file and the free space; the last good file stays and nothing else", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/numbers.json`;
    await writeFileAtomically(path, "last good");
    await failing("write", "ENOSPC", async () => {
      for (const write of [writeFileAtomically, appendAndFlush]) {
        await assert.rejects(write(path, "more"), (error: Error) => {
          assert.ok(error instanceof StorageError);
          assert.match(
            error.message,
            /numbers.json: .* [\d.]+ \w+ free .*saved before is whole.*free some space/,
          );
          return true;
        });
      }
    });
    assert.equal(await Deno.readTextFile(path), "last good");
    assert.deepEqual(namesIn(folder), ["numbers.json"]);
    await writeFileAtomically(path, "new");
    assert.equal(await Deno.readTextFile(path), "new");
  }));

Deno.test("a place that may not be written is named", () =>
  withTemporaryFolder(async (folder) => {
    for (const code of ["EROFS", "EACCES"]) {
      await failing("open", code, () =>
        assert.rejects(writeFileAtomically(`${folder}/a`, ""), (error: Error) =>
          error instanceof StorageError && error.message.startsWith(`${folder}/a: `)));
    }
  }));

Deno.test("a folder is made where files can be written, and refused where they cannot", () =>
  withTemporaryFolder(async (folder) => {
    await checkWritable(`${folder}/new/inner`);
    assert.deepEqual(namesIn(`${folder}/new/inner`), []);
    const { writeFileSync } = Deno;
    Deno.writeFileSync = () => {
      throw Object.assign(new Error(), { code: "EROFS" });
    };
    try {
      await assert.rejects(
        checkWritable(folder),
        (error: Error) =>
          error instanceof StorageError && error.message.startsWith(folder) &&
          /read-only/.test(error.message),
      );
    } finally {
      Deno.writeFileSync = writeFileSync;
    }
  }));

Deno.test("what killed processes left of the same file is removed, what others are writing stays", () =>
  withTemporaryFolder(async (folder) => {
    const names = ["a", "a", "a", "b"].map((name) => `${name}.${crypto.randomUUID()}.tmp`);
    const [dead, young, living, other] = names;
    for (const name of names) await Deno.writeTextFile(`${folder}/${name}`, "part");
    const hourAgo = Date.now() / 1000 - 3600;
    for (const name of [dead, living, other]) await Deno.utime(`${folder}/${name}`, hourAgo, hourAgo);
    using held = await Deno.open(`${folder}/${living}`);
    await held.lock(true);
    await writeFileAtomically(`${folder}/a`, "whole");
    assert.deepEqual(namesIn(folder).sort(), ["a", young, living, other].sort());
  }));
