import { checkPositiveInteger } from "../checks.ts";
import type { FeatureTable } from "../data/domain.ts";
import { DataError, ParameterError } from "../errors.ts";

/** What lists of recommendations are like, whether or not they meet the users' taste. */
export interface ListMeasures {
  /** The share of all items that are in some list: |⋃ᵤ Lᵤ| / |I| (Herlocker et al., 2004). */
  coverage: number;
  /**
   * How often the recommended items were chosen in training, on average over each list and then over the lists:
   * 1/|U| Σᵤ 1/|Lᵤ| Σᵢ nᵢ (Yin et al., 2012; Abdollahpouri et al., 2019). Among items chosen at random it is the mean of
   * nᵢ; far above that, a recommender favours what is popular already.
   */
  averagePopularity: number;
  /**
   * The surprise of meeting a recommended item, in bits, averaged likewise: 1/|U| Σᵤ 1/|Lᵤ| Σᵢ −log₂(nᵢ / Σⱼ nⱼ) (Zhou et
   * al., 2010; Vargas and Castells, 2011). An item that was never chosen counts as chosen once.
   */
  novelty: number;
  /**
   * How unlike each other the items of a list are: 1 − the mean cosine over its pairs, averaged over the lists with two
   * items or more: 1/|U| Σᵤ (1 − 2 / (|Lᵤ| (|Lᵤ| − 1)) Σ_{i<j} cos(xᵢ, xⱼ)) (Smyth and McClave, 2001; Ziegler et al.,
   * 2005). Null without features, or where no list has two items.
   */
  diversity: number | null;
}

/** What lists are measured against. */
export interface ListContext {
  /** How often each item was chosen in training, as `recommender.popularity` has it: nᵢ. `[items]` */
  popularity: ArrayLike<number>;
  /** What the items are like: xᵢ, for example a domain's text features. `[items × width]` */
  features?: FeatureTable | null;
  /** How many items from the top of each list count; all if left out. */
  k?: number;
}

/**
 * Measures lists of recommendations beyond their accuracy: coverage, popularity, novelty and diversity.
 *
 * @param lists of items by their index, as `recommend` gives them; an empty one counts for nothing
 * @throws {ParameterError} if `k` is not a positive integer, no list has an item, or an item is not among those counted
 * @throws {DataError} if the features of a recommended item are missing or zeros only
 * @example
 * ```ts
 * import { measureLists } from "./lists.ts";
 * import assert from "node:assert/strict";
 *
 * const lists = [[{ index: 0 }, { index: 1 }], [{ index: 1 }, { index: 0 }]];
 * const { coverage, averagePopularity, novelty } = measureLists(lists, { popularity: [2, 1, 1] });
 * assert.equal(coverage, 2 / 3);
 * assert.equal(averagePopularity, 1.5);
 * assert.equal(novelty, 1.5); // of −log₂(2 / 4) and −log₂(1 / 4)
 * ```
 */
export function measureLists(
  lists: readonly (readonly { readonly index: number }[])[],
  { popularity, features = null, k = Infinity }: ListContext,
): ListMeasures {
  if (k !== Infinity) checkPositiveInteger("k", k, "Use for example 10.");
  const tops = lists.map((list) => list.slice(0, k).map(({ index }) => index));
  const full = tops.filter(({ length }) => length > 0);
  const items = popularity.length;
  tops.forEach((list, at) => checkItems(list, items, `list ${at}`));
  if (full.length === 0) {
    throw new ParameterError({
      where: "lists",
      expected: "a list with an item",
      found: `${lists.length} without one`,
      advice: "Measure what recommend returns for some users.",
    });
  }
  const total = sum(Array.from(popularity));
  const bits = (item: number) => -Math.log2(Math.max(1, popularity[item]) / Math.max(1, total));
  const meanOver = (value: (list: number[]) => number, some = full) => sum(some.map(value)) / some.length;
  const pairs = full.filter(({ length }) => length > 1);
  const directions = features && directionsOf(features, items, full);
  return {
    coverage: new Set(full.flat()).size / items,
    averagePopularity: meanOver((list) => sum(list.map((item) => popularity[item])) / list.length),
    novelty: meanOver((list) => sum(list.map(bits)) / list.length),
    diversity: directions && pairs.length > 0
      ? meanOver((list) => 1 - meanCosine(list.map((item) => directions.get(item)!)), pairs)
      : null,
  };
}

/** Returns the mean product over all pairs of unit vectors: the squared length of their sum holds each pair twice. */
function meanCosine(vectors: Float64Array[]): number {
  const count = vectors.length;
  const total = new Float64Array(vectors[0].length);
  for (const vector of vectors) vector.forEach((value, at) => total[at] += value);
  return (sum(Array.from(total, (value) => value * value)) - count) / (count * (count - 1));
}

/** Returns the unit vector of every item that is in a list. */
function directionsOf(
  { values, rows, width }: FeatureTable,
  items: number,
  lists: readonly number[][],
): Map<number, Float64Array> {
  if (rows !== items) {
    throw new DataError({
      where: "features",
      expected: `a row for each of the ${items} items`,
      found: `${rows} rows`,
      advice: "Take the features of the domain that the lists are of.",
    });
  }
  return new Map(Array.from(new Set(lists.flat()), (item) => {
    const row = Float64Array.from(values.subarray(item * width, (item + 1) * width));
    const length = Math.hypot(...row);
    if (length > 0 && Number.isFinite(length)) return [item, row.map((value) => value / length)] as const;
    throw new DataError({
      where: `features of item ${item}`,
      expected: "finite numbers that are not all zero",
      found: length === 0 ? "zeros only" : "NaN or an infinite one",
      advice: "Encode the text of this item, or leave out the features.",
    });
  }));
}

function checkItems(list: readonly number[], items: number, where: string): void {
  list.forEach((item, at) => {
    if (Number.isInteger(item) && item >= 0 && item < items) return;
    throw new ParameterError({
      where: `${where}[${at}]`,
      expected: `an item from 0 to ${items - 1}`,
      found: String(item),
      advice: "Pass the popularity of all items of the domain that the lists are of.",
    });
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
