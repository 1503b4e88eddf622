import { statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { showBytes } from "./byte_size.ts";
import { StorageError } from "./errors.ts";

/** A temporary file that is not locked may be one that is just being made: younger ones are left alone (ms). */
const youngest = 2000;

/**
 * Writes a file so that its path always holds either the old or the new contents, never a part.
 *
 * The bytes go to a unique temporary name in the same folder, are flushed to the disk and then renamed. What processes
 * left behind that were killed while they wrote the same file is removed.
 *
 * @param contents a text, or byte chunks that are written one after the other
 * @throws {StorageError} if the disk is full, or the folder may not be written
 * @example
 * ```ts
 * import { writeFileAtomically } from "./write_file.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * await writeFileAtomically(`${folder}/note.txt`, "all or nothing");
 * assert.equal(await Deno.readTextFile(`${folder}/note.txt`), "all or nothing");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeFileAtomically(path: string, contents: string | Uint8Array[]): Promise<void> {
  const chunks = typeof contents === "string" ? [new TextEncoder().encode(contents)] : contents;
  await removeAbandoned(path);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  await onDisk(path, async () => {
    try {
      using file = await Deno.open(temporary, { write: true, createNew: true });
      await file.lock(true).catch(() => {}); // not every file system has locks; only abandoned files stay longer then
      await writeAll(file, chunks);
      await Deno.rename(temporary, path);
    } catch (cause) {
      await Deno.remove(temporary).catch(() => {}); // it may never have been made; the first error is the one to tell
      throw cause;
    }
  });
}

/**
 * Adds a text to a file, which is made if it is not there, and flushes it to the disk.
 *
 * @throws {StorageError} if the disk is full, or the file may not be written; the file is then as it was before
 */
export async function appendAndFlush(path: string, text: string): Promise<void> {
  await onDisk(path, async () => {
    using file = await Deno.open(path, { append: true, create: true });
    const { size } = await file.stat();
    try {
      await writeAll(file, [new TextEncoder().encode(text)]);
    } catch (cause) {
      await file.truncate(size).catch(() => {}); // the first error is the one to tell
      throw cause;
    }
  });
}

/**
 * Makes a folder, with those above it, if it is not there.
 *
 * @throws {StorageError} if the disk is full, or the folder may not be made
 */
export async function makeFolder(path: string): Promise<void> {
  await onDisk(path, () => Deno.mkdir(path, { recursive: true }));
}

/**
 * Does what writes to the disk, and says in a typed error why it cannot be done.
 *
 * @param path the file or folder that is written
 * @throws {StorageError} if the disk is full, or the place may not be written
 */
export async function onDisk<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw await explain(path, cause);
  }
}

/**
 * Makes a folder if it is not there, and checks that files can be written in it: better said before an hour's work than
 * after it.
 *
 * @throws {StorageError} if not
 */
export async function checkWritable(folder: string): Promise<void> {
  await makeFolder(folder);
  const probe = join(folder, `.${crypto.randomUUID()}.tmp`);
  try {
    Deno.writeFileSync(probe, Uint8Array.of(1), { createNew: true });
  } catch (cause) {
    throw await explain(folder, cause);
  } finally {
    await Deno.remove(probe).catch(() => {});
  }
}

/** Removes the temporary files of a path whose writers are gone; a writer holds a lock while it lives. */
async function removeAbandoned(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  try {
    for await (const { name } of Deno.readDir(dirname(path))) {
      if (!name.startsWith(prefix) || !/^[\da-f-]{36}\.tmp$/.test(name.slice(prefix.length))) continue;
      const temporary = join(dirname(path), name);
      using file = await Deno.open(temporary, { write: true }); // NFS locks nothing else
      const { mtime } = await file.stat();
      if (Date.now() - Number(mtime) > youngest && await file.tryLock(true)) await Deno.remove(temporary);
    }
  } catch {
    // another process was quicker, or nothing may be removed here; the writing itself says what matters
  }
}

/** Makes an error of a full disk, or of a place that may not be written, one that says what to do; others stay. */
async function explain(path: string, cause: unknown): Promise<unknown> {
  const { code } = cause as { code?: string };
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new StorageError({
      where: path,
      expected: "room on its disk",
      found: `${await freeSpace(dirname(path))} (${code === "EDQUOT" ? "your quota is used up" : code})`,
      advice: "What was saved before is whole: free some space, then run the same command again.",
    }, { cause });
  }
  if (code === "EROFS" || code === "EACCES" || code === "EPERM") {
    return new StorageError({
      where: path,
      expected: "a place that may be written",
      found: code === "EROFS" ? "a file system that is read-only" : `no permission (${code})`,
      advice: "Give yourself the right to write there, or work in a copy of the project.",
    }, { cause });
  }
  return cause;
}

async function freeSpace(folder: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return `${showBytes(bavail * bsize)} free`;
  } catch {
    return "none";
  }
}

async function writeAll(file: Deno.FsFile, chunks: Uint8Array[]): Promise<void> {
  for (const chunk of chunks) {
    for (let written = 0; written < chunk.length;) written += await file.write(chunk.subarray(written));
  }
  await file.sync();
}
