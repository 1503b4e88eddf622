import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/** The first two bytes of every gzip file. */
const gzipMark = [0x1f, 0x8b];

/**
 * Yields a file's bytes piece by piece; a gzip file, told by its name or its first bytes, is unpacked on the way.
 *
 * What goes wrong on the way comes through as Node's own error.
 */
export async function* readChunks(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const packed = await isPacked(path); // first: an error of the stream must find somebody who listens
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  // the callback is only there because pipeline asks for it: errors arrive in the loop
  yield* packed ? pipeline(file, createGunzip(), () => {}) : file;
}

/** Tells whether a file is packed with gzip, by its name or its first bytes. */
export async function isPacked(path: string): Promise<boolean> {
  if (path.endsWith(".gz")) return true;
  const [first, second] = await firstBytes(path, gzipMark.length);
  return first === gzipMark[0] && second === gzipMark[1];
}

/** Returns the first bytes of a file as it lies on the disk, fewer where it is shorter or not there. */
export async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  using file = await Deno.open(path).catch(() => null);
  const bytes = new Uint8Array(count);
  return bytes.subarray(0, await file?.read(bytes) ?? 0);
}

/** Returns the beginning of a file's contents, unpacked, as far as they can be read. */
export async function readBeginning(path: string, count: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count);
  let filled = 0;
  try {
    for await (const chunk of readChunks(path)) {
      const part = chunk.subarray(0, count - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (filled === count) break;
    }
  } catch {
    // the reader itself will say what is wrong with the file
  }
  return bytes.subarray(0, filled);
}
