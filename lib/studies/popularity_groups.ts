import type { TestUsers } from "../experiments/kept_users.ts";
import { fifths, type Grouping, groupUsers, type UserGroup } from "./user_groups.ts";

/** Where the groups of the paper's Figure 4 end; its last one is open here. */
const paperBoundaries: Record<string, number[]> = { Scientific: [5, 10, 15, 20], OR: [20, 40, 60, 80] };

/**
 * Returns the boundaries of popularity groups: the paper's for its data sets, for others those that make five groups of
 * about as many test users each.
 */
export function groupBoundaries({ dataset, popularity }: TestUsers): number[] {
  return paperBoundaries[dataset] ?? fifths(popularity);
}

/**
 * Groups users by how often their test item occurs in the training sequences of all users, such as `[5, 10)`.
 *
 * Test items that never occur there, the cold ones, are a group of their own before the others. Users without a history
 * or a test item are in no group, and a group without users is left out.
 *
 * @param boundaries where one group ends and the next begins, ascending; the last group has no end
 * @throws {ParameterError} if the boundaries are not ascending integers above 1
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { describeTestUsers } from "../experiments/kept_users.ts";
 * import { popularityGroups } from "./popularity_groups.ts";
 * import assert from "node:assert/strict";
 *
 * const domain = {
 *   name: "Toys", itemIds: ["a", "b", "c"], itemTexts: null, userIds: ["u", "v"],
 *   sequences: packSequences([[0, 1, 0, 1, 0], [1, 0, 0, 2]]), features: null,
 * };
 * // a occurs three times before the two held-out items, c never
 * const groups = popularityGroups(describeTestUsers(domain), [2]);
 * assert.deepEqual(groups.map(({ name }) => name), ["0 (cold)", "2+"]);
 * ```
 */
export function popularityGroups({ popularity }: TestUsers, boundaries: readonly number[]): UserGroup[] {
  return groupUsers(popularity, boundaries)
    .map(({ name, users }) => ({ name: name === "0" ? "0 (cold)" : name, users }));
}

/**
 * Groups users in three ways, each into as many groups as make about a fifth of the users each: by how popular the test
 * item is, by how long the history is, and by how often the test item was seen together with an item of it.
 *
 * @param boundaries of popularity
 */
export function allGroupings(
  users: TestUsers,
  boundaries: readonly number[] = groupBoundaries(users),
): Grouping[] {
  const { historyLengths, seenTogether } = users;
  return [
    { by: "Occurrences of the test item in training", groups: popularityGroups(users, boundaries) },
    { by: "Items in the history", groups: groupUsers(historyLengths, fifths(historyLengths)) },
    {
      by: "Others who have it and an item of the history in training",
      groups: groupUsers(seenTogether, fifths(seenTogether)),
    },
  ];
}
