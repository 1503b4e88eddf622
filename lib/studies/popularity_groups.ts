import { type Domain, userCount } from "../data/domain.ts";
import { targetOf, usersOf } from "../data/split.ts";
import { ParameterError } from "../errors.ts";
import { quantiles } from "../evaluation/quantiles.ts";
import { trainingCounts } from "../data/training_counts.ts";

/** Test users whose test items are about equally popular. */
export interface PopularityGroup {
  /** The occurrences of the test item in training, such as `[5, 10)`. */
  name: string;
  /** Ascending; never none. */
  users: Int32Array;
}

/** Where the groups of the paper's Figure 4 end; its last one is open here. */
const paperBoundaries: Record<string, number[]> = { Scientific: [5, 10, 15, 20], OR: [20, 40, 60, 80] };

/**
 * Returns the boundaries of popularity groups: the paper's for its data sets, for others those that make five groups of
 * about as many test users each.
 */
export function groupBoundaries(domain: Domain): number[] {
  const own = paperBoundaries[domain.name];
  if (own) return own;
  const known = testPopularity(domain).filter((popularity) => popularity > 0);
  const fifths = quantiles(known, [0.2, 0.4, 0.6, 0.8]).map(Math.ceil);
  // the filter also leaves out what a domain with too few users has no number for
  return [...new Set(fifths)].filter((boundary) => boundary > 1);
}

/**
 * Groups users by how often their test item occurs in the training sequences of all users.
 *
 * Test items that never occur there, the cold ones, are a group of their own before the others. Users without a history
 * or a test item are in no group, and a group without users is left out.
 *
 * @param boundaries where one group ends and the next begins, ascending; the last group has no end
 * @throws {ParameterError} if the boundaries are not ascending integers above 1
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { popularityGroups } from "./popularity_groups.ts";
 * import assert from "node:assert/strict";
 *
 * const domain = {
 *   name: "Toys", itemIds: ["a", "b", "c"], itemTexts: null, userIds: ["u", "v"],
 *   sequences: packSequences([[0, 1, 0, 1, 0], [1, 0, 0, 2]]), features: null,
 * };
 * // a occurs three times before the two held-out items, c never
 * assert.deepEqual(popularityGroups(domain, [2]).map(({ name }) => name), ["0 (cold)", "2+"]);
 * ```
 */
export function popularityGroups(domain: Domain, boundaries: readonly number[]): PopularityGroup[] {
  checkBoundaries(boundaries);
  const popularity = testPopularity(domain);
  const starts = [0, 1, ...boundaries];
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? Infinity;
    const users = Int32Array.from(popularity.keys())
      .filter((user) => popularity[user] >= start && popularity[user] < end);
    return { name: nameOf(start, end), users };
  }).filter(({ users }) => users.length > 0);
}

/** Returns how often each user's test item occurs in training; −1 for a user without a history or an item. `[users]` */
function testPopularity(domain: Domain): Int32Array {
  const counts = trainingCounts(domain);
  const { sequences } = domain;
  const popularity = new Int32Array(userCount(sequences)).fill(-1);
  for (const user of usersOf(sequences, "test")) popularity[user] = counts[targetOf(sequences, user, "test")];
  return popularity;
}

function nameOf(start: number, end: number): string {
  if (start === 0) return "0 (cold)";
  return end === Infinity ? `${start}+` : `[${start}, ${end})`;
}

function checkBoundaries(boundaries: readonly number[]): void {
  const isAscending = boundaries.every((boundary, at) =>
    Number.isInteger(boundary) && boundary > (boundaries[at - 1] ?? 1)
  );
  if (isAscending) return;
  throw new ParameterError({
    where: "boundaries",
    expected: "ascending integers above 1",
    found: JSON.stringify(boundaries),
    advice: "For example [5, 10, 15, 20], as in the paper's Figure 4.",
  });
}
