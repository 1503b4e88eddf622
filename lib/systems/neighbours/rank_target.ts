import { checkItem } from "./check_item.ts";
import { tieOrder } from "../../evaluation/tie_order.ts";
import { reach } from "./reach.ts";
import type { ReadyNeighbours } from "./ready.ts";
import { scoreIn } from "./score_histories.ts";
import { clearSum } from "./sparse/sparse_sum.ts";

/**
 * Returns the 0-based rank of one item among all for a history: the same as `ranksOf` of `scoreHistories`, but looking
 * only at the items that the history leads to.
 *
 * @param history item indices, the last one last
 * @param target the item that is looked for
 * @throws {ParameterError} if the target or an item of the history is none
 */
export function rankTarget(ready: ReadyNeighbours, history: ArrayLike<number>, target: number): number {
  checkItem("target", target, ready.items);
  const { base } = ready;
  const sum = reach(ready, history);
  const score = scoreIn(sum, base, target);
  let rank = countBefore(ready, score, target);
  for (let at = 0; at < sum.count; at++) {
    const item = sum.touched[at];
    // an item that is reached was counted by its base
    rank += Number(isBefore(item, scoreIn(sum, base, item), target, score)) -
      Number(isBefore(item, base[item], target, score));
  }
  clearSum(sum);
  return rank;
}

/** Tells whether an item comes before another one, given their scores. */
export function isBefore(item: number, score: number, other: number, otherScore: number): boolean {
  return score > otherScore || (score === otherScore && tieOrder(item) < tieOrder(other));
}

/** Returns how many items would come before one of this score if no history led anywhere. */
export function countBefore(
  { base, order }: Pick<ReadyNeighbours, "base" | "order">,
  score: number,
  target: number,
): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(order[middle], base[order[middle]], target, score)) low = middle + 1;
    else high = middle;
  }
  return low;
}
