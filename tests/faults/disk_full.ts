/**
 * Fills the disk at random moments while runs, figures, processed data and features are written, and checks that the
 * message is the project's and names the file, that the last good files are whole, and that everything comes out as
 * usual once there is space again.
 *
 * deno run -P=test tests/faults/disk_full.ts [--moments 20] [--seed 1] [--area runs|figures|processed|features]
 *
 * It mounts a small disk in memory, which only root may do; ten minutes for twenty moments in each area on two cores.
 * Ends with status 1 if something is not as it should be.
 */
import assert from "node:assert/strict";
import { statfs } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadDomain } from "../../lib/data/profile.ts";
import { StorageError } from "../../lib/errors.ts";
import { writeChecksums } from "../../lib/figures/output/checksums.ts";
import { saveFigure, saveNumbers, saveTable } from "../../lib/figures/output/save.ts";
import { loadCheckpoint } from "../../lib/files/checkpoint.ts";
import { readLog } from "../../lib/files/run_log.ts";
import { createGenerator, type Generator, uniform } from "../../lib/random.ts";
import { loadBert } from "../../lib/text/encoder/encoder.ts";
import { encodeToFile } from "../../lib/text/files/feature_file.ts";
import { readEncoded } from "../../lib/text/files/publish_features.ts";
import { epochSchema } from "../../lib/training/epoch_schema.ts";
import { drawWeights, tinyShape } from "../random_bert/weights.ts";
import { writeBertFolder } from "../random_bert/write_folder.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

const { values } = parseArgs({
  options: {
    moments: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    area: { type: "string" },
  },
});

/** Files by their paths below a folder. */
type Contents = Record<string, Uint8Array>;

/** Something that is written to the disk. */
interface Area {
  /** Writes into the disk's folder `work`; returns null, or the message with which it ended. */
  write(disk: string): Promise<string | null>;
  /** Checks what is there after a write that failed, given what was there before and what belongs there in the end. */
  check(left: Contents, before: Contents, whole: Contents): Promise<void> | void;
  /** Names of files whose contents hold times, and so are not the same twice. */
  timed?: RegExp;
}

async function mountDisk(size: string): Promise<string | null> {
  const folder = await Deno.makeTempDir({ prefix: "disk-full-" });
  const { success } = await run("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder).catch(() => ({
    success: false,
  }));
  if (success) return folder;
  await Deno.remove(folder);
  return null;
}

async function unmountDisk(folder: string): Promise<void> {
  await run("umount", folder);
  await Deno.remove(folder);
}

function run(command: string, ...args: string[]): Promise<Deno.CommandOutput> {
  return new Deno.Command(command, { args, stdout: "null", stderr: "null" }).output();
}

async function freeBytes(disk: string): Promise<number> {
  const { bavail, bsize } = await statfs(disk);
  return bavail * bsize;
}

/** Leaves no more room on the disk than so many bytes. */
async function fillDisk(disk: string, room: number): Promise<void> {
  const bytes = await freeBytes(disk) - room;
  if (bytes > 0) await Deno.writeFile(`${disk}/ballast`, new Uint8Array(bytes)).catch(() => {});
}

async function makeRoom(disk: string): Promise<void> {
  await Deno.remove(`${disk}/ballast`).catch(() => {});
}

async function contentsOf(folder: string, prefix = ""): Promise<Contents> {
  const contents: Contents = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) Object.assign(contents, await contentsOf(path, `${prefix}${name}/`));
    else contents[prefix + name] = await Deno.readFile(path);
  }
  return contents;
}

const same = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

function assertNoTemporary(left: Contents): void {
  assert.deepEqual(Object.keys(left).filter((name) => name.endsWith(".tmp")), []);
}

async function messageOf(write: () => Promise<void>): Promise<string | null> {
  try {
    await write();
    return null;
  } catch (error) {
    assert(error instanceof StorageError, `${error}`);
    return error.message;
  }
}

/** A training in a process of its own, whose disk is filled by the hand that watches it. */
const runs: Area = {
  timed: /log\.jsonl$/,
  async write(disk) {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "-P=test", "tests/training_process.ts", `${disk}/work/runs`],
      cwd: project,
      stdout: "null",
      stderr: "piped",
    }).output();
    return success ? null : new TextDecoder().decode(stderr);
  },
  async check(left) {
    assertNoTemporary(left);
    for (const name of Object.keys(left)) {
      const [, folder] = name.match(/^(.*)\/checkpoint\.safetensors$/) ?? [];
      if (folder === undefined) continue;
      const path = `${disk}/work/${folder}`;
      const { epoch } = (await loadCheckpoint(path))!.state;
      assert((await readLog(`${path}/log.jsonl`, epochSchema)).length >= Number(epoch) + 1);
    }
  },
};

/** Tables, figures, numbers and checksums of a profile, over those of an earlier run. */
const figures: Area = {
  async write(disk) {
    const root = `${disk}/work`;
    return await messageOf(async () => {
      for (let i = 0; i < 3; i++) {
        const rows = Array.from({ length: 300 }, (_, row) => [row * edition, `row ${row}`]);
        const columns = [{ name: "a", heading: "A" }, { name: "b", heading: "B" }];
        await saveTable("sample", `table-${i}`, { caption: "Numbers", columns, rows }, root);
        const svg =
          `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><text x="9" y="90">${edition} ${i}</text></svg>`;
        await saveFigure("sample", `figure-${i}`, svg, root);
        const numbers = Object.fromEntries(rows.map(([value, name]) => [name, Number(value)]));
        await saveNumbers("sample", `0${i}`, { seed: 1, settings: {}, numbers }, root);
      }
      await writeChecksums("sample", root);
    });
  },
  check(left, before, whole) {
    assertNoTemporary(left);
    for (const [name, bytes] of Object.entries(left)) {
      // numbers.json and the checksums of it go through editions that are neither of the two
      if (/numbers/.test(name)) JSON.parse(name.endsWith(".json") ? new TextDecoder().decode(bytes) : "0");
      else assert(same(bytes, before[name] ?? whole[name]) || same(bytes, whole[name]), name);
    }
    for (const name of Object.keys(before)) assert(name in left, `${name} is lost`);
  },
  timed: /\.pdf$/, // holds the time at which it was made
};
let edition = 1;

const letters = Array.from({ length: 40 }, (_, i) => `item-${i}`);

/** A catalogue's processed files, made of its raw ones. */
const processed: Area = {
  async write(disk) {
    return await messageOf(async () => {
      const domain = await loadDomain("Own", null, { dataRoot: rawRoot, cacheRoot: `${disk}/work` });
      assert.equal(domain.itemIds.length, letters.length);
    });
  },
  check(left) {
    assertNoTemporary(left);
    assert.deepEqual(Object.keys(left).filter((name) => name.includes(".tmp/")), []);
  },
};
let rawRoot = "";

async function writeRawData(folder: string): Promise<void> {
  rawRoot = folder;
  await Deno.mkdir(`${folder}/Own`, { recursive: true });
  const rows = letters.flatMap((user, u) =>
    letters.map((item, i) => `${user},${item},2024-01-${10 + (u + i) % 20}`)
  );
  await Deno.writeTextFile(`${folder}/Own/interactions.csv`, ["user,item,time", ...rows].join("\n"));
  await Deno.writeTextFile(
    `${folder}/Own/items.csv`,
    ["item,text", ...letters.map((id) => `${id},text of ${id}`)].join("\n"),
  );
}

/** A feature file in the making, with what is kept of it on the way. */
const features: Area = {
  async write(disk) {
    const encoder = await loadBert({ model: `${rawRoot}/model` });
    const texts = Array.from(
      { length: 2000 },
      (_, i) => `the red ${"cat ".repeat(i % 5)}guitar ${"kit ".repeat(i % 7)}`,
    );
    try {
      return await messageOf(async () => {
        await encodeToFile(`${disk}/work/A.feat1CLS`, texts, encoder);
        await readEncoded(`${disk}/work/A.feat1CLS`);
      });
    } finally {
      await encoder.release();
    }
  },
  check(left) {
    assertNoTemporary(left);
    assert(!("A.feat1CLS" in left) || "A.feat1CLS.json" in left || "A.feat1CLS.json.pending" in left);
  },
};

const areas: Record<string, Area> = { runs, figures, processed, features };

/** The message of a full disk names the file and the free space, and says what is safe. */
const fullDisk =
  /\/work\/\S*: expected room on its disk, but found [\d.]+ \w+ free \(ENOSPC\)\. What was saved before is whole/;

async function tryArea(
  name: string,
  { write, check, timed = /^$/ }: Area,
  disk: string,
  generator: Generator,
) {
  const start = async (before: Contents) => {
    await makeRoom(disk);
    await Deno.remove(`${disk}/work`, { recursive: true }).catch(() => {});
    await Deno.mkdir(`${disk}/work`);
    for (const [path, bytes] of Object.entries(before)) {
      await Deno.mkdir(`${disk}/work/${path}/..`.replace(/\/[^/]+\/\.\.$/, ""), { recursive: true });
      await Deno.writeFile(`${disk}/work/${path}`, bytes);
    }
  };
  let before: Contents = {};
  await start(before);
  if (name === "figures") {
    edition = 1;
    assert.equal(await write(disk), null);
    before = await contentsOf(`${disk}/work`);
    edition = 2;
    await start(before);
  }
  const empty = await freeBytes(disk);
  let least = empty;
  const watch = setInterval(async () => least = Math.min(least, await freeBytes(disk)), 5);
  assert.equal(await write(disk), null);
  clearInterval(watch);
  const whole = await contentsOf(`${disk}/work`);
  const needed = empty - Math.min(least, await freeBytes(disk));

  let filled = 0, tries = 0;
  for (; filled < Number(values.moments); tries++) {
    assert(tries < 10 * Number(values.moments), "the disk is hardly ever full");
    await start(before);
    await fillDisk(disk, Math.floor(needed * uniform(generator)));
    const message = await write(disk);
    if (message === null) continue; // there was room enough
    filled++;
    assert.match(message, fullDisk);
    await check(await contentsOf(`${disk}/work`), before, whole);
    await makeRoom(disk);
    assert.equal(await write(disk), null);
    const after = await contentsOf(`${disk}/work`);
    assert.deepEqual(Object.keys(after).sort(), Object.keys(whole).sort());
    for (const [path, bytes] of Object.entries(after)) {
      assert(timed.test(path) || same(bytes, whole[path]), `${path} is another one`);
    }
  }
  console.log(`${name}: the disk was full at ${filled} moments of ${tries}; every file as it should be`);
}

const disk = (await mountDisk("64m"))!;
if (disk === null) {
  console.log("skipped: only root can mount a small disk");
  Deno.exit(0);
}
const raw = await Deno.makeTempDir();
try {
  await writeRawData(raw);
  await writeBertFolder(`${raw}/model`, tinyShape, drawWeights(tinyShape, 1, 0.3));
  console.info = () => {};
  for (const [name, area] of Object.entries(areas)) {
    if (values.area === undefined || values.area === name) {
      await tryArea(name, area, disk, createGenerator(Number(values.seed)));
    }
  }
} finally {
  await unmountDisk(disk);
  await Deno.remove(raw, { recursive: true });
}
