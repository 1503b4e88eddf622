/**
 * Returns 16-bit floats as 32-bit ones, each with the same value.
 *
 * @param bytes little-endian
 * @param type `float16` of IEEE 754, or `bfloat16`, the upper half of a 32-bit float
 * @example
 * ```ts
 * import { widenFloats } from "./half_floats.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...widenFloats(Uint8Array.of(0x00, 0x3c, 0x00, 0xc0), "float16")], [1, -2]);
 * assert.deepEqual([...widenFloats(Uint8Array.of(0x80, 0x3f), "bfloat16")], [1]);
 * ```
 */
export function widenFloats(bytes: Uint8Array, type: "float16" | "bfloat16"): Float32Array<ArrayBuffer> {
  const copy = bytes.slice();
  if (type === "float16") return Float32Array.from(new Float16Array(copy.buffer));
  const wide = new Uint32Array(copy.length / 2);
  new Uint16Array(copy.buffer).forEach((half, i) => wide[i] = half << 16);
  return new Float32Array(wide.buffer);
}
