import { DataError } from "../../errors.ts";
import { show } from "../../checks.ts";
import { tieOrder } from "../../evaluation/tie_order.ts";
import type { NeighbourCounts } from "./count_neighbours.ts";
import { type Heads, headsOf } from "./sparse/heads.ts";
import { checkNeighbourSettings, type NeighbourSettings } from "./settings.ts";
import type { SparseMatrix } from "./sparse/sparse_matrix.ts";
import { createSum, type SparseSum } from "./sparse/sparse_sum.ts";

/** Everything that recommending by neighbours needs, and nothing that can be made of it. */
export interface Neighbours {
  settings: NeighbourSettings;
  counts: NeighbourCounts;
  /** How similar items' texts are, from `textNeighbours`; needed only where the settings smooth. `[items × items]` */
  texts: SparseMatrix | null;
}

/** Neighbours made ready to score: what every history shares, and room to add up in. */
export interface ReadyNeighbours extends Neighbours {
  items: number;
  /** By what an item's counts are multiplied: 1 / max(popularity, 1)^power. `[items]` */
  scale: Float64Array;
  /** The score of an item that a history does not lead to, higher for a more popular one. `[items]` */
  base: Float32Array;
  /** The items as a history that leads nowhere ranks them. `[items]` */
  order: Int32Array;
  /** The heads of long rows of the counts; null with smoothing, which reads all rows whole. */
  heads: Heads | null;
  /** The scores of the history at hand, less `base`. */
  scores: SparseSum;
  /** Room for each of the ways that smoothing adds up; null for counts alone. */
  ways: Record<keyof NonNullable<NeighbourSettings["smoothing"]>, SparseSum> | null;
}

/** What the most popular item has as its `base`: where scores are counts, and where they are shares of a history. */
const mostBase = { counts: 1e-6, shares: 1e-30 };

/**
 * Makes neighbours ready to score.
 *
 * What is returned holds room that scoring writes to: one at a time.
 *
 * @throws {ParameterError} if a setting cannot be used
 * @throws {DataError} if the settings smooth and there are no similar texts, or of another number of items
 */
export function readyNeighbours({ settings, counts, texts }: Neighbours): ReadyNeighbours {
  checkNeighbourSettings(settings);
  const { power, smoothing } = settings;
  const { popularity } = counts;
  const items = popularity.length;
  if (smoothing !== null && texts?.offsets.length !== items + 1) {
    throw new DataError({
      where: "texts",
      expected: `the similar texts of ${items} items, as the settings smooth over them`,
      found: texts === null ? "null" : `those of ${show(texts.offsets.length - 1)}`,
      advice: "Make them with textNeighbours of the same items' features.",
    });
  }
  const base = baseOf(popularity, smoothing === null ? mostBase.counts : mostBase.shares);
  return {
    settings,
    counts,
    texts,
    items,
    scale: scaleOf(popularity, power),
    base,
    order: orderOf(base),
    heads: smoothing === null ? headsOf(counts.pairs) : null,
    scores: createSum(items),
    ways: smoothing === null ? null : {
      counts: createSum(items),
      toSimilar: createSum(items),
      fromSimilar: createSum(items),
      text: createSum(items),
    },
  };
}

/** Returns by what each item's counts are multiplied: 1 / max(popularity, 1)^power. `[items]` */
export function scaleOf(popularity: Int32Array, power: number): Float64Array {
  return Float64Array.from(popularity, (count) => Math.max(count, 1) ** -power);
}

/** Returns each item's part of the largest popularity, times `most`. `[items]` */
export function baseOf(popularity: Int32Array, most: number = mostBase.counts): Float32Array {
  const largest = popularity.reduce((largest, count) => Math.max(largest, count), 1);
  return Float32Array.from(popularity, (count) => most * (count / largest));
}

/** Returns the items by their base, the highest first, equal ones in the order of `tieOrder`. `[items]` */
export function orderOf(base: Float32Array): Int32Array {
  return Int32Array.from(base.keys()).sort((one, other) =>
    base[other] - base[one] || tieOrder(one) - tieOrder(other)
  );
}
