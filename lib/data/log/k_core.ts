import type { Interactions } from "./interactions.ts";

/**
 * Returns the rows of the k-core, ascending: the largest part of a log in which every user and every item has `k` rows
 * or more.
 *
 * Dropping a rare item may make a user rare and the other way round, so it goes on until nothing changes.
 *
 * @example
 * ```ts
 * import { kCore } from "./k_core.ts";
 * import assert from "node:assert/strict";
 *
 * const users = Int32Array.of(0, 0, 1, 1, 2), items = Int32Array.of(0, 1, 0, 1, 1);
 * const log = { userIds: ["a", "b", "c"], itemIds: ["x", "y"], users, items, times: new Float64Array(5) };
 * assert.deepEqual([...kCore(log, 2)], [0, 1, 2, 3]);
 * ```
 */
export function kCore({ userIds, itemIds, users, items }: Interactions, k: number): Int32Array {
  let rows = new Int32Array(users.length).map((_, row) => row);
  while (true) {
    const userCounts = new Int32Array(userIds.length), itemCounts = new Int32Array(itemIds.length);
    for (const row of rows) {
      userCounts[users[row]]++;
      itemCounts[items[row]]++;
    }
    let kept = 0;
    for (const row of rows) {
      if (userCounts[users[row]] >= k && itemCounts[items[row]] >= k) rows[kept++] = row;
    }
    if (kept === rows.length) return rows.slice();
    rows = rows.subarray(0, kept);
  }
}
