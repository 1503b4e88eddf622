import { checkPositiveInteger } from "../checks.ts";
import { notFinite } from "./metrics.ts";
import { tieOrder } from "./tie_order.ts";

/** Of more items than these, all are sorted instead of putting each in its place. */
const mostInserted = 256;

/** The best items of one row of scores, best first. */
export interface TopItems {
  /** At most K, fewer where fewer items are left. */
  items: Int32Array;
  /** The score of each. */
  scores: Float32Array;
}

/**
 * Returns the K items with the highest scores, best first; equal ones in the order of `tieOrder`.
 *
 * @param scores one user's score of every item. `[items]`
 * @param k how many items are wanted
 * @param excluded tells which items must not be recommended, such as those of the user's history
 * @param allowed the only items that may be recommended; all if left out
 * @throws {ParameterError} if `k` is not a positive integer
 * @throws {EngineError} if a score is NaN or +∞
 * @example
 * ```ts
 * import { topK } from "./top_k.ts";
 * import assert from "node:assert/strict";
 *
 * const best = topK(Float32Array.from([0.5, 2, 1, 3]), 2, new Set([1]));
 * assert.deepEqual([...best.items], [3, 2]);
 * assert.deepEqual([...best.scores], [3, 1]);
 * ```
 */
export function topK(
  scores: Float32Array,
  k: number,
  excluded: Pick<ReadonlySet<number>, "has"> = new Set(),
  allowed: Pick<ReadonlySet<number>, "has"> | null = null,
): TopItems {
  checkPositiveInteger("k", k, "Use for example 10.");
  const comesBefore = (item: number, other: number) =>
    scores[item] > scores[other] || (scores[item] === scores[other] && tieOrder(item) < tieOrder(other));
  const items: number[] = [];
  let least = -Infinity; // what an item must reach once K are found: of a million, nearly all do not
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item];
    if (!(score < Infinity)) throw notFinite(`score of item ${item}`, score); // NaN too
    if (score < least || excluded.has(item) || allowed && !allowed.has(item)) continue;
    if (k > mostInserted) {
      items.push(item);
      continue;
    }
    if (items.length === k && comesBefore(items[k - 1], item)) continue;
    if (items.length === k) items.pop();
    let place = items.length;
    while (place > 0 && comesBefore(item, items[place - 1])) place--;
    items.splice(place, 0, item);
    if (items.length === k) least = scores[items[k - 1]];
  }
  if (k > mostInserted) {
    items.sort((one, other) => comesBefore(one, other) ? -1 : 1);
    items.splice(k);
  }
  return { items: Int32Array.from(items), scores: Float32Array.from(items, (item) => scores[item]) };
}
