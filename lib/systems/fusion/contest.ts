import { ways } from "../neighbours/settings.ts";
import type { NeighbourShares } from "./neighbour_shares.ts";
import { type FusionWeights, logShare, partsOfWays } from "./weights.ts";

/**
 * The items that may come before or after one user's target, depending on the weights.
 *
 * A fused score rises with every part's score and with every share. So whatever the weights, an item that has more of
 * everything than the target comes before it, and one that has less of everything does not: few are left to compare.
 */
export interface Contest {
  /** The target's score by each part, then its share by each way. `[parts + ways]` */
  target: Float64Array;
  /** How many items come before the target under all weights. */
  ahead: number;
  /** `[rivals × (parts + ways)]` */
  rivals: Float32Array;
}

/**
 * Returns a user's contest.
 *
 * Of items that no neighbour leads to only the best by some part are kept: the others cannot come before the target
 * without `cutoff` of these coming before it, too, which is all that a metric at that cutoff asks. With several parts
 * that is an approximation.
 *
 * @param scores of all items, part by part. `parts × [items]`
 * @param neighbours what the user's history leads to; null where nothing was counted
 * @param target the validation item
 * @param cutoff the K of the metric that will be measured
 */
export function contestOf(
  scores: readonly Float32Array[],
  neighbours: NeighbourShares | null,
  target: number,
  cutoff: number,
): Contest {
  const width = scores.length + ways.length;
  const own = new Float64Array(width);
  scores.forEach((row, part) => own[part] = row[target]);
  const reached = new Map<number, number>();
  neighbours?.items.forEach((item, at) => reached.set(item, at));
  const at = reached.get(target);
  if (at !== undefined) {
    for (let way = 0; way < ways.length; way++) {
      own[scores.length + way] = neighbours!.shares[at * ways.length + way];
    }
  }
  let ahead = 0;
  const rivals: number[] = [];
  const candidate = new Float64Array(width);
  const compare = () => {
    let [isAbove, isUnder] = [true, true];
    for (let i = 0; i < width; i++) {
      if (candidate[i] > own[i]) isUnder = false;
      else if (candidate[i] < own[i]) isAbove = false;
    }
    if (isUnder) return; // and if all are equal, whichever comes first
    if (isAbove) ahead++;
    else for (const value of candidate) rivals.push(value);
  };
  if (neighbours) {
    neighbours.items.forEach((item, place) => {
      if (item === target) return;
      scores.forEach((row, part) => candidate[part] = row[item]);
      for (let way = 0; way < ways.length; way++) {
        candidate[scores.length + way] = neighbours.shares[place * ways.length + way];
      }
      compare();
    });
  }
  candidate.fill(0, scores.length);
  for (const item of bestOutside(scores, reached, target, cutoff)) {
    scores.forEach((row, part) => candidate[part] = row[item]);
    compare();
  }
  return { target: own, ahead, rivals: Float32Array.from(rivals) };
}

/** Returns the items outside of the neighbours that are above the target by some part, `cutoff` by each part at most. */
function bestOutside(
  scores: readonly Float32Array[],
  reached: ReadonlyMap<number, number>,
  target: number,
  cutoff: number,
): Set<number> {
  const found = new Set<number>();
  for (const row of scores) {
    const best: number[] = [];
    let least = row[target];
    for (let item = 0; item < row.length; item++) {
      if (row[item] <= least || item === target || reached.has(item)) continue;
      let place = best.length;
      while (place > 0 && row[best[place - 1]] < row[item]) place--;
      best.splice(place, 0, item);
      if (best.length > cutoff) best.pop();
      if (best.length === cutoff) least = Math.max(least, row[best[cutoff - 1]]);
    }
    for (const item of best) found.add(item);
  }
  return found;
}

/** Returns the target's 0-based rank under some weights, exact below the cutoff. */
export function rankIn({ target, ahead, rivals }: Contest, weights: FusionWeights): number {
  const parts = partsOfWays(weights);
  const { scores } = weights;
  const width = target.length;
  const scoreAt = (values: ArrayLike<number>, from: number) => {
    let score = weights.neighbours === 0 ? 0 : logShare(weights, parts, values, from + scores.length);
    for (let part = 0; part < scores.length; part++) score += scores[part] * values[from + part];
    return score;
  };
  const own = scoreAt(target, 0);
  let rank = ahead;
  for (let from = 0; from < rivals.length; from += width) if (scoreAt(rivals, from) > own) rank++;
  return rank;
}
