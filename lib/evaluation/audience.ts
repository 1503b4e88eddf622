import type { Recommendation } from "./recommender.ts";

/** A user to whom an item is worth showing. */
export interface Prospect {
  user: number;
  /** The item's 0-based place in the user's list. */
  rank: number;
}

/** An item, and the users to whom it is worth showing. */
export interface Audience {
  /** Its ID. */
  item: string;
  /** Those first in whose list the item stands highest; at the same place, the one with the higher score first. */
  prospects: Prospect[];
}

/**
 * Returns for each of some items the users who have it near the top of their list of recommendations.
 *
 * All lists are gone through once, however many items there are.
 *
 * @param lists one list per user, as `recommend` returns them
 * @param items IDs, each once
 * @param depth how many items from the top of a list count
 * @returns an audience per item, in the order of `items`
 * @example
 * ```ts
 * import { audiencesOf } from "./audience.ts";
 * import assert from "node:assert/strict";
 *
 * const list = (...items: string[]) => items.map((item, index) => ({ item, index, score: -index }));
 * const lists = [list("mug", "tent"), list("tent", "axe"), list("lamp", "axe")];
 * assert.deepEqual(audiencesOf(lists, ["tent"], 2), [
 *   { item: "tent", prospects: [{ user: 1, rank: 0 }, { user: 0, rank: 1 }] },
 * ]);
 * ```
 */
export function audiencesOf(
  lists: readonly (readonly Recommendation[])[],
  items: readonly string[],
  depth: number,
): Audience[] {
  const audiences = items.map((item): Audience => ({ item, prospects: [] }));
  const prospectsOf = new Map(audiences.map(({ item, prospects }) => [item, prospects]));
  lists.forEach((list, user) =>
    list.slice(0, depth).forEach(({ item }, rank) => prospectsOf.get(item)?.push({ user, rank }))
  );
  const score = ({ user, rank }: Prospect) => lists[user][rank].score;
  for (const { prospects } of audiences) prospects.sort((a, b) => a.rank - b.rank || score(b) - score(a));
  return audiences;
}
