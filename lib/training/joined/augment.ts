import { bytes, type Generator } from "../../random.ts";
import type { PackedBatch } from "../packing/packing.ts";

/** Packed sequences, and the slots at which their representations are read. */
export type PackedView = Pick<PackedBatch, "items" | "positions" | "segments" | "queries">;

/** Draws which slots are kept, each with probability 1 − `rate`. `[slots]`, 1 for kept */
export function drawKept(generator: Generator, slots: number, rate: number): Uint8Array {
  return bytes(generator, slots).map((byte) => byte >= rate * 256 ? 1 : 0);
}

/** Returns the mask with the first item of every segment kept, so that something is left of each prefix. */
export function keepFirsts(kept: Uint8Array, { positions }: PackedView): Uint8Array {
  return kept.map((keep, slot) => positions[slot] === 0 ? 1 : keep);
}

/**
 * Item drop: removes items from packed sequences; those that are left move up and count their positions anew.
 *
 * A query moves to the last item that is left at or before it: what remains of its prefix. In the authors' code the
 * dropped item stays and the one before it goes, as two values are written to one place; here the item itself goes.
 *
 * @param kept 1 for each slot whose item stays; every query needs one at or before it in its segment. `[slots]`
 * @example
 * ```ts
 * import { dropItems } from "./augment.ts";
 * import assert from "node:assert/strict";
 *
 * const view = {
 *   items: Int32Array.of(7, 8, 9),
 *   positions: Int32Array.of(0, 1, 2),
 *   segments: Int32Array.of(0, 0, 0),
 *   queries: Int32Array.of(0, 1, 2),
 * };
 * const { items, segments, queries } = dropItems(view, Uint8Array.of(1, 0, 1));
 * assert.deepEqual([...items.subarray(0, 2)], [7, 9]);
 * assert.deepEqual([...segments], [0, 0, -3]); // the last slot is empty now
 * assert.deepEqual([...queries], [0, 0, 1]);
 * ```
 */
export function dropItems(view: PackedView, kept: Uint8Array): PackedView {
  const items = new Int32Array(view.items.length);
  const positions = new Int32Array(view.items.length);
  const segments = Int32Array.from(view.items, (_, slot) => -1 - slot);
  const lastKept = new Int32Array(view.items.length);
  let start = 0;
  let count = 0;
  for (const [slot, segment] of view.segments.entries()) {
    if (segment < 0) continue;
    if (view.positions[slot] === 0) [start, count] = [slot, 0];
    if (kept[slot]) {
      const to = start + count;
      items[to] = view.items[slot];
      positions[to] = count;
      segments[to] = segment;
      count++;
    }
    lastKept[slot] = start + count - 1;
  }
  return { items, positions, segments, queries: view.queries.map((slot) => lastKept[slot]) };
}

/** A view in which some items are read from other rows of the feature table. */
export interface WordDropped {
  view: PackedView;
  /** The item whose word-dropped text stands in each of the further rows. */
  items: number[];
}

/**
 * Word drop: the items of some slots are read from further rows, which are to hold features of texts that lack words.
 *
 * @param kept 1 for each slot whose item keeps its text. `[slots]`
 * @param firstRow the number of the first further row
 * @param rows how many further rows there are; when they are used up, the remaining items keep their texts
 */
export function useWordDropped(
  view: PackedView,
  kept: Uint8Array,
  firstRow: number,
  rows: number,
): WordDropped {
  const rowOf = new Map<number, number>();
  const items = view.items.map((item, slot) => {
    if (kept[slot] || view.segments[slot] < 0) return item;
    if (!rowOf.has(item) && rowOf.size < rows) rowOf.set(item, firstRow + rowOf.size);
    return rowOf.get(item) ?? item;
  });
  return { view: { ...view, items }, items: [...rowOf.keys()] };
}
