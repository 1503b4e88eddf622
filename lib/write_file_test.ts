import assert from "node:assert/strict";
import { withTemporaryFolder } from "../tests/with_temporary_folder.ts";
import { appendAndFlush, writeFileAtomically } from "./write_file.ts";

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
