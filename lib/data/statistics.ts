import { type Domain, type Sequences, userCount } from "./domain.ts";

/** A row of the paper's Table 2. */
export interface DomainStatistics {
  /** The domain's name. */
  dataset: string;
  /** How many users there are. */
  users: number;
  /** How many items. */
  items: number;
  /** How many interactions. */
  interactions: number;
  /** Items in a sequence, on average. */
  averageLength: number;
  /**
   * Characters of an item's text without the space at its end, on average; null where there are no texts.
   *
   * The paper says tokens, but its numbers for Scientific and Online Retail are these, to the last digit.
   */
  averageTextLength: number | null;
}

/**
 * Counts a domain's users, items and interactions for Table 2.
 *
 * @example
 * ```ts
 * import { packSequences } from "./domain.ts";
 * import { domainStatistics } from "./statistics.ts";
 * import assert from "node:assert/strict";
 *
 * const domain = {
 *   name: "Toys", itemIds: ["a", "b"], itemTexts: null, userIds: ["u", "v"],
 *   sequences: packSequences([[0, 1, 0], [1, 0, 1, 0]]), features: null,
 * };
 * assert.equal(domainStatistics(domain).averageLength, 3.5);
 * ```
 */
export function domainStatistics({ name, itemIds, itemTexts, sequences }: Domain): DomainStatistics {
  const users = userCount(sequences);
  const interactions = sequences.items.length;
  return {
    dataset: name,
    users,
    items: itemIds.length,
    interactions,
    averageLength: interactions / users,
    averageTextLength: itemTexts &&
      itemTexts.reduce((sum, text) => sum + text.trimEnd().length, 0) / itemTexts.length,
  };
}

/** Returns how many items each user's sequence has. `[users]` */
export function sequenceLengths({ offsets }: Sequences): Int32Array {
  return offsets.slice(1).map((end, user) => end - offsets[user]);
}

/** Returns how often each item occurs, the most popular one first. `[items]` */
export function itemPopularity({ itemIds, sequences }: Domain): Int32Array {
  const counts = new Int32Array(itemIds.length);
  for (const item of sequences.items) counts[item]++;
  return counts.sort().reverse();
}
