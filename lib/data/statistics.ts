import { countOf } from "../count_of.ts";
import { type Domain, type Sequences, userCount } from "./domain.ts";
import { endsOf, splitName, targetOf, usersOf } from "./split.ts";
import { trainingCounts } from "./training_counts.ts";

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
  /** How the data are split by time; left out for leave-one-out, where everybody trains, validates and tests. */
  split?: SplitStatistics;
}

/** What a split by time makes of a domain. */
export interface SplitStatistics {
  /** As tables call it. */
  name: string;
  /** Users with items to train on. */
  trainUsers: number;
  /** Users who are asked for a validation item. */
  validUsers: number;
  /** Users who are asked for a test item. */
  testUsers: number;
  /** Items that nobody is trained on, as they came later: only their texts tell of them. */
  laterItems: number;
  /** Users whose test item is one of those. */
  laterTargets: number;
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
export function domainStatistics(domain: Domain): DomainStatistics {
  const { name, itemIds, itemTexts, sequences } = domain;
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
    ...(sequences.split ? { split: splitStatistics(domain) } : {}),
  };
}

/** Counts what a split makes of a domain. */
export function splitStatistics(domain: Pick<Domain, "itemIds" | "sequences">): SplitStatistics {
  const { sequences } = domain;
  const counts = trainingCounts(domain);
  const tested = usersOf(sequences, "test");
  return {
    name: splitName(sequences),
    trainUsers: endsOf(sequences).trainEnds.filter((end) => end > 0).length,
    validUsers: usersOf(sequences, "valid").length,
    testUsers: tested.length,
    laterItems: counts.filter((count) => count === 0).length,
    laterTargets: tested.filter((user) => counts[targetOf(sequences, user, "test")] === 0).length,
  };
}

/** Says in one line what a split makes of a domain. */
export function describeSplit(domain: Pick<Domain, "name" | "itemIds" | "sequences">): string {
  const { name, trainUsers, validUsers, testUsers, laterItems, laterTargets } = splitStatistics(domain);
  return `${domain.name}: split ${name}: of ${
    countOf(userCount(domain.sequences), "user")
  } ${trainUsers} train, ` +
    `${validUsers} validate and ${testUsers} test; ${laterItems} of ${
      countOf(domain.itemIds.length, "item")
    } came ` +
    `later, the test items of ${countOf(laterTargets, "user")} among them: only their texts can lead there.`;
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
