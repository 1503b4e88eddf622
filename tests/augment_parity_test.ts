// Item drop and word drop on the masks that the authors' code was given, against what it made of them.
import assert from "node:assert/strict";
import { dropItems, keepFirsts, type PackedView, useWordDropped } from "../lib/training/joined/augment.ts";
import { readGolden } from "./golden.ts";

interface GoldenAugmentation {
  item_drop: {
    keep_mask: number[][];
    seq: number[][];
    len: number[];
    seq_aug: number[][];
    len_aug: number[];
  };
  word_drop: { keep_mask: number[][]; uses_clean_embedding: number[][] };
}

const { item_drop: itemDrop, word_drop: wordDrop } = await readGolden<GoldenAugmentation>("augmentation");

/** One right-padded sequence, read at its last item. */
function viewOf(items: number[], length: number): PackedView {
  return {
    items: Int32Array.from(items),
    positions: Int32Array.from(items, (_, at) => at < length ? at : 0),
    segments: Int32Array.from(items, (_, at) => at < length ? 0 : -1 - at),
    queries: Int32Array.of(length - 1),
  };
}

/** What item drop leaves of a sequence of the reference. */
function left(row: number, kept: number[]): number[] {
  const { items, queries } = dropItems(viewOf(itemDrop.seq[row], itemDrop.len[row]), Uint8Array.from(kept));
  return [...items.subarray(0, queries[0] + 1)];
}

for (const [row, mask] of itemDrop.keep_mask.entries()) {
  Deno.test(`item drop of sequence ${row + 1}: the masked items go; the reference drops the one before each`, () => {
    const length = itemDrop.len[row];
    const view = viewOf(itemDrop.seq[row], length);
    const kept = keepFirsts(Uint8Array.from(mask), view);
    const expected = itemDrop.seq[row].slice(0, length).filter((_, at) => kept[at]);
    assert.deepEqual(left(row, [...kept]), expected);

    // with the mask moved back by one place, ours is the reference's result
    const moved = mask.map((_, at) => at + 1 < length ? mask[at + 1] : 1);
    assert.deepEqual(left(row, moved), itemDrop.seq_aug[row].slice(0, itemDrop.len_aug[row]));
  });
}

for (const [row, mask] of wordDrop.keep_mask.entries()) {
  Deno.test(`word drop of sequence ${row + 1} replaces the features that the reference replaces`, () => {
    // distinct items, so that each has a row of its own
    const { view, items } = useWordDropped(
      viewOf([...mask.keys()], mask.length),
      Uint8Array.from(mask),
      100,
      mask.length,
    );
    const isClean = Array.from(view.items, (item, at) => item === at ? 1 : 0);
    assert.deepEqual(isClean, wordDrop.uses_clean_embedding[row]);
    view.items.forEach((item, at) => assert.equal(item >= 100 ? items[item - 100] : item, at));
  });
}
