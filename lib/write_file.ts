/**
 * Writes a file so that its path always holds either the old or the new contents, never a part.
 *
 * The bytes go to a unique temporary name in the same folder, are flushed to the disk and then renamed.
 *
 * @param contents a text, or byte chunks that are written one after the other
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
  try {
    await writeAndFlush(temporary, chunks);
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {}); // it may never have been made; the first error is the one to tell
    throw cause;
  }
}

/** Adds a text to a file, which is made if it is not there, and flushes it to the disk. */
export async function appendAndFlush(path: string, text: string): Promise<void> {
  using file = await Deno.open(path, { append: true, create: true });
  await writeAll(file, [new TextEncoder().encode(text)]);
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
