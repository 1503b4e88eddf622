import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences } from "../../data/domain.ts";
import { createGenerator } from "../../random.ts";
import { drawKept, dropItems, keepFirsts, type PackedView, useWordDropped } from "./augment.ts";
import { packBatches } from "../packing/packing.ts";
import { sequenceSegments } from "../packing/segments.ts";

/** Batches of random sequences, with a random mask of kept slots that keeps the first items. */
const views = fc.record({
  lists: fc.array(fc.array(fc.nat(30), { minLength: 4, maxLength: 12 }), { minLength: 1, maxLength: 6 }),
  seed: fc.integer(),
}).map(({ lists, seed }) => {
  const sequences = packSequences(lists);
  const [view] = packBatches(sequenceSegments(sequences, 10), sequences, {
    rows: 3,
    length: 12,
    capacity: 20,
  });
  return { view, kept: keepFirsts(drawKept(createGenerator(seed), 36, 0.4), view) };
});

/** The items that the encoder reads for each query, oldest first. */
function prefixes({ items, segments, positions, queries }: PackedView, count: number): number[][] {
  return Array.from(queries.subarray(0, count), (query) => {
    assert.ok(segments[query] >= 0);
    const prefix = items.subarray(query - positions[query], query + 1);
    prefix.forEach((_, at) => assert.equal(segments[query - at], segments[query]));
    return [...prefix];
  });
}

Deno.test("after item drop a query reads the items of its prefix that were kept, in their order", () =>
  fc.assert(fc.property(views, ({ view, kept }) => {
    const expected = Array.from(view.queries.subarray(0, view.instances), (query) => {
      const first = query - view.positions[query];
      return Array.from({ length: query - first + 1 }, (_, at) => first + at)
        .filter((slot) => kept[slot]).map((slot) => view.items[slot]);
    });
    assert.deepEqual(prefixes(dropItems(view, kept), view.instances), expected);
  })));

Deno.test("item drop without a dropped item changes nothing but what stands in empty slots", () =>
  fc.assert(fc.property(views, ({ view }) => {
    const { items, positions, segments, queries } = view;
    assert.deepEqual(dropItems(view, new Uint8Array(36).fill(1)), { items, positions, segments, queries });
  })));

Deno.test("slots are kept at the rate that is asked for", () => {
  const kept = drawKept(createGenerator(3), 100_000, 0.2);
  const share = kept.reduce((sum, keep) => sum + keep, 0) / kept.length;
  assert.ok(Math.abs(share - 0.8) < 0.01, `kept ${share}`);
});

Deno.test("word drop reads dropped items from further rows, one for each distinct item, and no more than there are", () =>
  fc.assert(fc.property(views, fc.nat(8), ({ view, kept }, rows) => {
    const { view: dropped, items } = useWordDropped(view, kept, 100, rows);
    assert.ok(items.length <= rows && new Set(items).size === items.length);
    for (const [slot, item] of dropped.items.entries()) {
      if (item < 100) assert.equal(item, view.items[slot]);
      else assert.equal(items[item - 100], view.items[slot]);
      const isDropped = !kept[slot] && view.segments[slot] >= 0;
      if (!isDropped || items.length < rows) assert.equal(item >= 100, isDropped);
    }
    assert.deepEqual(dropped.positions, view.positions);
    assert.deepEqual(dropped.queries, view.queries);
  })));
