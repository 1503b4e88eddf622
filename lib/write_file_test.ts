import assert from "node:assert/strict";
import { withTemporaryFolder } from "../tests/with_temporary_folder.ts";
import { appendAndFlush, makeFolder, writeFileAtomically } from "./write_file.ts";

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
    await assert.rejects(writeFileAtomically(`${folder}/missing/file`, "text"), {
      name: "StorageError",
      message:
        /missing\/file: expected a place where it can be written, but found No such file .* is unchanged\.$/,
    });
  }));

/** Runs an action on a disk that takes `room` bytes more. */
async function withFullDisk(room: number, action: () => Promise<void>): Promise<void> {
  const { write } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.write = function (bytes) {
    if (room === 0) return Promise.reject(new Error("No space left on device (os error 28)"));
    const part = bytes.subarray(0, room);
    room -= part.length;
    return write.call(this, part);
  };
  try {
    await action();
  } finally {
    Deno.FsFile.prototype.write = write;
  }
}

const full = {
  name: "StorageError",
  message:
    /\/file: expected room on the disk to write it, but found [\d.]+ \w+ free \(No space left on device/,
};

Deno.test("a full disk is told with the file and the free space, and what was there stays", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/file`;
    for (const room of [0, 1, 5, 11]) {
      await Deno.writeTextFile(path, "old\n");
      await withFullDisk(room, () => assert.rejects(writeFileAtomically(path, "a longer text"), full));
      assert.deepEqual(namesIn(folder), ["file"]);
      assert.equal(await Deno.readTextFile(path), "old\n");
      await withFullDisk(room, () => assert.rejects(appendAndFlush(path, "a longer text"), full));
      assert.equal(await Deno.readTextFile(path), "old\n");
      await appendAndFlush(path, "new\n");
      assert.equal(await Deno.readTextFile(path), "old\nnew\n");
    }
  }));

Deno.test("a folder that cannot be made is named", () =>
  withTemporaryFolder(async (folder) => {
    await makeFolder(`${folder}/a/b`);
    await makeFolder(`${folder}/a/b`);
    await Deno.writeTextFile(`${folder}/file`, "");
    await assert.rejects(makeFolder(`${folder}/file/c`), {
      name: "StorageError",
      message: /\/file\/c: expected a place where it can be written, but found .*; nothing was changed\.$/,
    });
  }));

Deno.test("what is appended stands after what was there; a file that is not there is made", () =>
  withTemporaryFolder(async (folder) => {
    await appendAndFlush(`${folder}/log`, "one\n");
    await appendAndFlush(`${folder}/log`, "zwölf\n");
    assert.equal(await Deno.readTextFile(`${folder}/log`), "one\nzwölf\n");
  }));
