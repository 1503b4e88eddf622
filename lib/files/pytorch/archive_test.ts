import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { openArchive } from "./archive.ts";
import { ascii, writeArchive } from "./test_helpers.ts";

const numbers = Uint8Array.from({ length: 100 }, (_, i) => i + 1);
const entries = { "data.pkl": ascii("a pickle"), "data/0": numbers, version: ascii("3\n") };

async function assertRefused(path: string, message: RegExp) {
  await assert.rejects(async () => await (await openArchive(path)).readStorage("0"), {
    name: "CheckpointError",
    message,
  });
}

Deno.test("the pickle and the stored bytes are read", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/model.pth`;
    await writeArchive(path, { ...entries, byteorder: ascii("little") });
    const archive = await openArchive(path);
    assert.deepEqual(archive.pickle, entries["data.pkl"]);
    assert.deepEqual(await archive.readStorage("0"), numbers);
  }));

Deno.test("a missing file and one of another format are refused", () =>
  withTemporaryFolder(async (folder) => {
    await assertRefused(`${folder}/none.pth`, /none\.pth: expected a PyTorch checkpoint, but found no file/);
    await Deno.writeTextFile(`${folder}/text.pth`, "no archive, but a text that is long enough to be one");
    await assertRefused(`${folder}/text.pth`, /text\.pth: expected a zip archive/);
    await Deno.writeTextFile(`${folder}/empty.pth`, "");
    await assertRefused(`${folder}/empty.pth`, /empty\.pth: expected a zip archive/);
  }));

Deno.test("a file that is cut off anywhere is refused", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/model.pth`;
    await writeArchive(path, entries);
    const whole = await Deno.readFile(path);
    for (let length = 0; length < whole.length; length += 7) {
      await Deno.writeFile(path, whole.subarray(0, length));
      await assertRefused(path, /model\.pth/);
    }
  }));

Deno.test("stored bytes that have changed since are refused", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/model.pth`;
    await writeArchive(path, entries);
    const bytes = await Deno.readFile(path);
    const begin = bytes.findIndex((_, i) => numbers.every((number, j) => bytes[i + j] === number));
    bytes[begin + 50] ^= 1;
    await Deno.writeFile(path, bytes);
    await assertRefused(path, /entry archive\/data\/0: expected the bytes that were written/);
  }));

Deno.test("an archive without what torch.save writes is refused", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/model.pth`;
    await writeArchive(path, { "data/0": numbers });
    await assertRefused(path, /one data\.pkl, but found none/);
    await writeArchive(path, { ...entries, "other/data.pkl": ascii("another pickle") });
    await assertRefused(path, /one data\.pkl, but found archive\/data\.pkl, archive\/other\/data\.pkl/);
    await writeArchive(path, { "data.pkl": ascii("a pickle") });
    await assertRefused(path, /archive\/data\/0, but found no such entry/);
    await writeArchive(path, { ...entries, byteorder: ascii("big") });
    await assertRefused(path, /little-endian numbers, but found big/);
  }));

Deno.test("compressed bytes are refused, so that no small file unpacks to a large one", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/model.pth`;
    await writeArchive(path, { ...entries, "data.pkl": new Uint8Array(1_000) }, 9);
    await assertRefused(path, /neither compressed nor encrypted/);
  }));
