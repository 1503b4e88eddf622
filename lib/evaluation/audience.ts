import type { TopItems } from "./top_k.ts";

/** A user to whom an item is worth showing. */
export interface Prospect {
  user: number;
  /** The item's 0-based place in the user's list. */
  rank: number;
}

/**
 * Returns the users in whose list of recommendations an item is, those first in whose list it stands highest.
 *
 * Where two users have it at the same place, the one with the higher score comes first.
 *
 * @param lists one list per user, as from `recommend`
 * @example
 * ```ts
 * import { audienceOf } from "./audience.ts";
 * import assert from "node:assert/strict";
 *
 * const lists = [[4, 7], [7, 2], [1, 2]].map((items) => ({
 *   items: Int32Array.from(items), scores: Float32Array.of(2, 1),
 * }));
 * assert.deepEqual(audienceOf(lists, 7), [{ user: 1, rank: 0 }, { user: 0, rank: 1 }]);
 * ```
 */
export function audienceOf(lists: readonly TopItems[], item: number): Prospect[] {
  const prospects = lists.map(({ items }, user) => ({ user, rank: items.indexOf(item) }))
    .filter(({ rank }) => rank >= 0);
  const score = ({ user, rank }: Prospect) => lists[user].scores[rank];
  return prospects.sort((a, b) => a.rank - b.rank || score(b) - score(a));
}
