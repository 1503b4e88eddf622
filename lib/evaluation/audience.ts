import type { TopItems } from "./top_k.ts";

/** A user to whom an item is worth showing. */
export interface Prospect {
  user: number;
  /** The item's 0-based place in the user's list. */
  rank: number;
}

/** An item, and the users to whom it is worth showing. */
export interface Audience {
  item: number;
  /** Those first in whose list the item stands highest; at the same place, the one with the higher score first. */
  prospects: Prospect[];
}

/**
 * Returns for each of some items the users who have it near the top of their list of recommendations.
 *
 * All lists are gone through once, however many items there are.
 *
 * @param lists one list per user, as from `recommend`
 * @param items item indices, each once
 * @param depth how many items from the top of a list count
 * @returns an audience per item, in the order of `items`
 * @example
 * ```ts
 * import { audiencesOf } from "./audience.ts";
 * import assert from "node:assert/strict";
 *
 * const lists = [[4, 7], [7, 2], [1, 2]].map((items) => ({
 *   items: Int32Array.from(items), scores: Float32Array.of(2, 1),
 * }));
 * assert.deepEqual(audiencesOf(lists, [7], 2), [
 *   { item: 7, prospects: [{ user: 1, rank: 0 }, { user: 0, rank: 1 }] },
 * ]);
 * ```
 */
export function audiencesOf(
  lists: readonly TopItems[],
  items: ArrayLike<number>,
  depth: number,
): Audience[] {
  const audiences = Array.from(items, (item): Audience => ({ item, prospects: [] }));
  const prospectsOf = new Map(audiences.map(({ item, prospects }) => [item, prospects]));
  lists.forEach((list, user) =>
    list.items.subarray(0, depth).forEach((item, rank) => prospectsOf.get(item)?.push({ user, rank }))
  );
  const score = ({ user, rank }: Prospect) => lists[user].scores[rank];
  for (const { prospects } of audiences) prospects.sort((a, b) => a.rank - b.rank || score(b) - score(a));
  return audiences;
}
