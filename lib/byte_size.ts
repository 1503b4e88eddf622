/**
 * Returns a number of bytes as people read it.
 *
 * @example
 * ```ts
 * import { showBytes } from "./byte_size.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(showBytes(638), "638 bytes");
 * assert.equal(showBytes(24e9), "24.0 GB");
 * ```
 */
export function showBytes(bytes: number): string {
  const units = ["kB", "MB", "GB", "TB", "PB", "EB"];
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
