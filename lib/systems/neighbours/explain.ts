import { checkItem } from "./check_item.ts";
import { addWays, checkHistory, forEachOf } from "./reach.ts";
import type { ReadyNeighbours } from "./ready.ts";
import { ways } from "./settings.ts";
import { entryOf } from "./sparse/sparse_matrix.ts";
import { clearSum, totalOf } from "./sparse/sparse_sum.ts";

/** An item of a history, and the part of a score that it carries. */
export interface Carrier {
  item: number;
  /** Above 0; all carriers' together are 1. */
  share: number;
}

/**
 * Returns which items of a history carry the score of an item, the one that carries most first.
 *
 * A score is a sum over the history's items, so that each one's part is exact. An item that comes twice is named once,
 * with both its parts; of equal ones the later comes first.
 *
 * @param history item indices, the last one last
 * @param item the item whose score is asked about
 * @returns nothing if the history does not lead to the item, which then is ranked by its popularity
 * @throws {ParameterError} if `item` or an item of the history is none
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { countNeighbours } from "./count_neighbours.ts";
 * import { explain } from "./explain.ts";
 * import { readyNeighbours } from "./ready.ts";
 * import assert from "node:assert/strict";
 *
 * const settings = { window: 2, backward: 0, power: 0, decay: 1, smoothing: null };
 * const counts = countNeighbours(packSequences([[0, 1, 2, 0, 0], [3, 3, 0, 0]]), 4, settings);
 * const ready = readyNeighbours({ settings, counts, texts: null });
 * const [most, next] = explain(ready, [3, 0, 1], 2); // 1 came right before 2, 0 one earlier
 * assert.deepEqual([most.item, next.item], [1, 0]);
 * assert.ok(Math.abs(most.share - 2 / 3) < 1e-6);
 * ```
 */
export function explain(ready: ReadyNeighbours, history: ArrayLike<number>, item: number): Carrier[] {
  checkItem("item", item, ready.items);
  checkHistory(history, ready.items);
  const partOf = partsTo(ready, history, item);
  const parts = new Map<number, number>();
  forEachOf(history, ready.settings.decay, (from, weight) => {
    const part = weight * partOf(from);
    if (part > 0) parts.set(from, (parts.get(from) ?? 0) + part);
  });
  const sum = [...parts.values()].reduce((sum, part) => sum + part, 0);
  return [...parts]
    .map(([from, part]) => ({ item: from, share: part / sum }))
    .sort((one, other) => other.share - one.share);
}

/** Returns what one item of a history of age 0 adds to the score of an item. */
function partsTo(ready: ReadyNeighbours, history: ArrayLike<number>, item: number): (from: number) => number {
  const { settings: { smoothing }, counts: { pairs }, scale, texts } = ready;
  const counted = (from: number) => scale[from] * entryOf(pairs, from, item);
  if (smoothing === null) return counted;
  const similar = texts!;
  const partBy = {
    counts: counted,
    text: (from: number) => entryOf(similar, from, item),
    toSimilar(from: number): number {
      let part = 0;
      for (let at = pairs.offsets[from]; at < pairs.offsets[from + 1]; at++) {
        part += scale[from] * pairs.values[at] * entryOf(similar, pairs.columns[at], item);
      }
      return part;
    },
    fromSimilar(from: number): number {
      let part = 0;
      for (let at = similar.offsets[from]; at < similar.offsets[from + 1]; at++) {
        part += similar.values[at] * counted(similar.columns[at]);
      }
      return part;
    },
  };
  const sums = addWays(ready, history);
  const used = ways.map((way) => ({ partOf: partBy[way], total: totalOf(sums[way]), weight: smoothing[way] }))
    .filter(({ total, weight }) => total > 0 && weight > 0);
  for (const way of ways) clearSum(sums[way]);
  return (from) => used.reduce((part, { partOf, total, weight }) => part + weight * partOf(from) / total, 0);
}
