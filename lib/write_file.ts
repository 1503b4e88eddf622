import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { showBytes } from "./byte_size.ts";
import { StorageError, UniSRecError } from "./errors.ts";

/**
 * Writes a file so that its path always holds either the old or the new contents, never a part.
 *
 * The bytes go to a unique temporary name in the same folder, are flushed to the disk and then renamed.
 *
 * @param contents a text, or byte chunks that are written one after the other
 * @throws {StorageError} if the disk is full or the folder cannot be written to; what was at the path is still there
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
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  await onDisk(path, "what was there before is unchanged", async () => {
    try {
      await writeAndFlush(temporary, chunks);
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
 * @throws {StorageError} if the disk is full or the folder cannot be written to; the file is then as it was before
 */
export async function appendAndFlush(path: string, text: string): Promise<void> {
  await onDisk(path, "what was there before is unchanged", async () => {
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
 * @throws {StorageError} if that is not possible
 */
export async function makeFolder(path: string): Promise<void> {
  await onDisk(path, "nothing was changed", () => Deno.mkdir(path, { recursive: true }));
}

/**
 * Does what writes to the disk, and tells in a typed error why it cannot be done.
 *
 * @param path the file or folder that is written
 * @param safe what has not been lost, in a few words that follow a semicolon
 * @throws {StorageError} with the free space if there is not enough
 */
export async function onDisk<T>(path: string, safe: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof UniSRecError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const isFull = /os error (28|122)|ENOSPC|EDQUOT/.test(reason); // the disk, or the user's share of it
    throw new StorageError({
      where: path,
      expected: isFull ? "room on the disk to write it" : "a place where it can be written",
      found: isFull ? `${await freeSpace(path)} (${reason})` : reason,
      advice: `${
        isFull ? "Make room" : "Choose another place, or mend this one"
      }, and run it again; ${safe}.`,
    }, { cause });
  }
}

async function freeSpace(path: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(dirname(path));
    return `${showBytes(bavail * bsize)} free`;
  } catch {
    return "none"; // the system does not say how much
  }
}

async function writeAndFlush(path: string, chunks: Uint8Array[]): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  await writeAll(file, chunks);
}

async function writeAll(file: Deno.FsFile, chunks: Uint8Array[]): Promise<void> {
  for (const chunk of chunks) {
    for (let written = 0; written < chunk.length;) written += await file.write(chunk.subarray(written));
  }
  await file.sync();
}
