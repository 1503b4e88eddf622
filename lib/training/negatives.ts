import { checkNames, checkOneOf, checkPositiveInteger, show } from "../checks.ts";
import { ParameterError } from "../errors.ts";
import { type Generator, uniform } from "../random.ts";

/** How the items are drawn that a step's items are to be told from. */
export type Negatives = {
  /** Every item alike, or by how often it occurs in training, once more than that so that every item may be drawn. */
  readonly by: NegativeKind;
  /** How many items a step has at the least beside those of its batch. */
  readonly count: number;
};

/** The ways to draw. */
export type NegativeKind = "uniform" | "popularity";

/** What people write: how they are drawn, and how many if not the default; null for the loss over all items. */
export type NegativesChoice = NegativeKind | { by: NegativeKind; count?: number } | null;

const kinds: readonly NegativeKind[] = ["uniform", "popularity"];

/** How many are drawn if nothing is said. */
const usualCount = 1024;

/**
 * Settles how negatives are drawn.
 *
 * @returns null for the loss over all items
 * @throws {ParameterError} if there is no such way to draw, or the number is no positive integer
 * @example
 * ```ts
 * import { settleNegatives } from "./negatives.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(settleNegatives("uniform"), { by: "uniform", count: 1024 });
 * assert.equal(settleNegatives(null), null);
 * ```
 */
export function settleNegatives(choice: NegativesChoice): Negatives | null {
  if (choice === null) return null;
  const advice = 'Use for example "popularity" or { by: "uniform", count: 2048 }; null takes all items.';
  const given = typeof choice === "string" ? { by: choice } : choice;
  if (typeof given !== "object" || Array.isArray(given)) {
    throw new ParameterError({
      where: "negatives",
      expected: "a way to draw them",
      found: show(choice),
      advice,
    });
  }
  checkNames("negatives", given, ["by", "count"]);
  checkOneOf("negatives", given.by, kinds, advice);
  const { by, count = usualCount } = given;
  checkPositiveInteger("negatives: count", count, advice);
  return { by, count };
}

/** Draws items, each with a probability of its own. */
export interface ItemSampler {
  draw(generator: Generator): number;
  /** The probability with which an item is drawn. */
  probability(item: number): number;
}

/**
 * Makes what draws items.
 *
 * @param counts how often each item occurs in training. `[items]`
 */
export function itemSampler(by: NegativeKind, counts: Int32Array): ItemSampler {
  const items = counts.length;
  if (by === "uniform") {
    return { draw: (generator) => Math.floor(uniform(generator) * items), probability: () => 1 / items };
  }
  const sums = new Float64Array(items); // of the counts up to and with each item
  let total = 0;
  counts.forEach((count, item) => sums[item] = total += count + 1);
  return {
    draw(generator) {
      const wanted = uniform(generator) * total;
      let [first, last] = [0, items - 1]; // the first item whose sum exceeds what is wanted lies here
      while (first < last) {
        const middle = (first + last) >>> 1;
        if (sums[middle] > wanted) last = middle;
        else first = middle + 1;
      }
      return first;
    },
    probability: (item) => (counts[item] + 1) / total,
  };
}
