/** Numbers identifiers that come as bytes, from 0 in the order in which they first come. */
export interface ByteIndex {
  /** Returns the number of `bytes[from … to)`, a new one for a new identifier. */
  numberOf(bytes: Uint8Array, from: number, to: number): number;
  /** Returns the identifiers, by their numbers. */
  ids(): string[];
}

/**
 * Makes an index of identifiers that are bytes of UTF-8: a hash table over the bytes themselves, so that no string is
 * made before all have been read, and that is not bound to the 2²⁴ entries that a Map may have.
 *
 * @example
 * ```ts
 * import { createByteIndex } from "./byte_index.ts";
 * import assert from "node:assert/strict";
 *
 * const { numberOf, ids } = createByteIndex();
 * const bytes = new TextEncoder().encode("u1,u2,u1");
 * assert.deepEqual([0, 3, 6].map((from) => numberOf(bytes, from, from + 2)), [0, 1, 0]);
 * assert.deepEqual(ids(), ["u1", "u2"]);
 * ```
 */
export function createByteIndex(): ByteIndex {
  let text = new Uint8Array(2 ** 16); // all identifiers, end to end
  let ends = new Float64Array(2 ** 10); // where each ends; a number of 32 bits would not do for 2 GiB of text
  let hashes = new Int32Array(2 ** 10);
  let slots = new Int32Array(2 ** 12).fill(-1);
  let count = 0;

  const startOf = (id: number) => id === 0 ? 0 : ends[id - 1];
  const isAt = (id: number, bytes: Uint8Array, from: number, to: number) => {
    const start = startOf(id);
    if (ends[id] - start !== to - from) return false;
    for (let i = from, at = start; i < to; i++, at++) if (bytes[i] !== text[at]) return false;
    return true;
  };
  const rehash = () => {
    slots = new Int32Array(2 * slots.length).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < count; id++) {
      let slot = spread(hashes[id]) & mask;
      while (slots[slot] >= 0) slot = slot + 1 & mask;
      slots[slot] = id;
    }
  };
  const add = (bytes: Uint8Array, from: number, to: number, hash: number) => {
    const start = startOf(count), end = start + to - from;
    if (end > text.length) text = enlarge(text, Math.max(end, 2 * text.length));
    if (count === ends.length) {
      ends = enlarge(ends, 2 * count);
      hashes = enlarge(hashes, 2 * count);
    }
    for (let i = from, at = start; i < to; i++, at++) text[at] = bytes[i];
    ends[count] = end;
    hashes[count] = hash;
    return count++;
  };
  return {
    numberOf(bytes, from, to) {
      let hash = 0x811c9dc5 | 0; // FNV-1a
      for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
      const mask = slots.length - 1;
      let slot = spread(hash) & mask;
      for (let id = slots[slot]; id >= 0; id = slots[slot]) {
        if (hashes[id] === hash && isAt(id, bytes, from, to)) return id;
        slot = slot + 1 & mask;
      }
      const id = add(bytes, from, to, hash);
      slots[slot] = id;
      if (2 * count > slots.length) rehash();
      return id;
    },
    ids: () => decodeAll(text, ends.subarray(0, count)),
  };
}

/** The low bits of FNV-1a alone are not even enough. */
function spread(hash: number): number {
  return Math.imul(hash ^ hash >>> 15, 0x2c1b3c6d) >>> 7;
}

function enlarge<T extends Uint8Array | Int32Array | Float64Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  larger.set(array);
  return larger;
}

/** Identifiers are decoded many at a time, which is faster where they are of ASCII alone. */
const batch = 2 ** 14;

function decodeAll(text: Uint8Array, ends: Float64Array): string[] {
  const decoder = new TextDecoder();
  const ids: string[] = [];
  for (let first = 0; first < ends.length; first += batch) {
    const own = ends.subarray(first, first + batch);
    const start = first === 0 ? 0 : ends[first - 1], bytes = text.subarray(start, own[own.length - 1]);
    const whole = decoder.decode(bytes);
    let from = 0;
    for (const end of own) {
      const to = end - start;
      ids.push(
        whole.length === bytes.length ? whole.slice(from, to) : decoder.decode(bytes.subarray(from, to)),
      );
      from = to;
    }
  }
  return ids;
}
