import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { crc32 } from "node:zlib";

/** What a CRC-32 looks like before it is known. */
export const noChecksum = "00000000";

/**
 * Returns the CRC-32 of bytes as eight hexadecimal digits: it notices every changed bit, and any damage but one in four
 * billion, ten times as fast as bytes are read.
 *
 * @param chunks the bytes in order, as if they were one piece
 * @example
 * ```ts
 * import { checksumOf } from "./checksum.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(checksumOf([new TextEncoder().encode("123456789")]), "cbf43926");
 * ```
 */
export function checksumOf(chunks: Iterable<Uint8Array>): string {
  let sum = 0;
  for (const chunk of chunks) sum = crc32(chunk, sum);
  return formatChecksum(sum);
}

/** Returns the CRC-32 of a file's contents, as `checksumOf` does. */
export async function checksumOfFile(path: string): Promise<string> {
  let sum = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) sum = crc32(chunk, sum);
  return formatChecksum(sum);
}

/** Tells whether bytes have a checksum: a CRC-32, or a SHA-256, by its length. */
export function matchesChecksum(bytes: Uint8Array, checksum: string): boolean {
  const isShort = checksum.length === noChecksum.length;
  return checksum === (isShort ? checksumOf([bytes]) : createHash("sha256").update(bytes).digest("hex"));
}

/** Returns a CRC-32 as eight hexadecimal digits. */
export function formatChecksum(sum: number): string {
  return sum.toString(16).padStart(noChecksum.length, "0");
}
