import { type Domain, userCount } from "../data/domain.ts";
import { historyOf, type Part, targetOf } from "../data/split.ts";
import { tieOrder } from "./tie_order.ts";

/** Returns how often each item occurs in the training sequences of all users. `[items]` */
export function trainingCounts({ itemIds, sequences }: Pick<Domain, "itemIds" | "sequences">): Int32Array {
  const counts = new Int32Array(itemIds.length);
  for (let user = 0; user < userCount(sequences); user++) {
    for (const item of historyOf(sequences, user, "train")) counts[item]++;
  }
  return counts;
}

/**
 * Returns the 0-based rank of each user's held-out item when everyone is recommended the most popular items.
 *
 * Items come in the order of their training counts, equal ones in that of `tieOrder`. This is what a trained model must
 * beat to have learnt anything of its users.
 *
 * @returns `[users]`; −1 for a user without a history
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { popularityRanks } from "./popularity_ranks.ts";
 * import assert from "node:assert/strict";
 *
 * const sequences = packSequences([[0, 1, 1, 2, 0], [1, 0, 1]]);
 * const ranks = popularityRanks({ itemIds: ["a", "b", "c"], sequences }, "test");
 * assert.deepEqual([...ranks], [1, 0]); // b occurs three times before the two held-out items, a once
 * ```
 */
export function popularityRanks(
  domain: Pick<Domain, "itemIds" | "sequences">,
  part: Exclude<Part, "train">,
): Int32Array {
  const counts = trainingCounts(domain);
  const order = Int32Array.from(counts.keys())
    .sort((a, b) => counts[b] - counts[a] || tieOrder(a) - tieOrder(b));
  const ranks = new Int32Array(order.length);
  order.forEach((item, rank) => ranks[item] = rank);
  const { sequences } = domain;
  return Int32Array.from(
    { length: userCount(sequences) },
    (_, user) => historyOf(sequences, user, part).length > 0 ? ranks[targetOf(sequences, user, part)] : -1,
  );
}
