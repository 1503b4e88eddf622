import type { Sequences } from "../../../data/domain.ts";
import { historyOf, targetOf, unranked, usersOf } from "../../../data/split.ts";
import { checkItem } from "../check_item.ts";
import { countBefore, isBefore } from "../rank_target.ts";
import { addWays, shareOf } from "../reach.ts";
import { type Neighbours, type ReadyNeighbours, readyNeighbours } from "../ready.ts";
import { type SmoothingWeights, ways } from "../settings.ts";
import { addTo, clearSum, totalOf } from "../sparse/sparse_sum.ts";

/**
 * The items that may come before or after one user's target, depending on the weights of the ways.
 *
 * Whatever the weights, an item that every way gives more than the target comes before it, and one that every way gives
 * less does not: few are left to compare, and few users.
 */
interface Contest {
  user: number;
  target: number;
  /** The target's share by each way. `[ways]` */
  shares: Float64Array;
  /** How many items come before the target under all weights. */
  ahead: number;
  rivals: Int32Array;
  /** `[rivals × ways]` */
  rivalShares: Float32Array;
}

/** What a weight is tried to be multiplied by. */
const factors = [0.5, 0.75, 1.35, 2];
/** How often all weights are gone through. */
const rounds = 3;
/** Where the search starts. */
const start: SmoothingWeights = { counts: 1, toSimilar: 0.3, fromSimilar: 0.2, text: 0.1 };

/** How many weights `searchSmoothing` tries. */
export const smoothingTrials: number = 1 + rounds * ways.length * factors.length;

/** A share below this part of another one stays below it when it is rounded. */
const surely = 1 - 2 ** -20;

/**
 * Returns the weights of the ways over similar texts that rank the users' validation items best, by coordinate ascent:
 * each weight in turn is multiplied by a few factors, and what is better is kept.
 *
 * @param valueOf what is to be large, of the 0-based ranks; ranks from `cutoff` on must be all the same to it
 * @param observe is told the value of each weights that are tried
 */
export async function searchSmoothing(
  sequences: Sequences,
  neighbours: Neighbours,
  cutoff: number,
  valueOf: (ranks: Int32Array) => number,
  observe: (weights: SmoothingWeights, value: number) => Promise<void>,
): Promise<void> {
  const ready = readyNeighbours({ ...neighbours, settings: { ...neighbours.settings, smoothing: start } });
  const contests: Contest[] = [];
  const ranks = unranked(sequences);
  for (const user of usersOf(sequences, "valid")) {
    const contest = contestOf(ready, sequences, user);
    ranks[user] = contest.ahead;
    if (contest.ahead < cutoff && contest.rivals.length > 0) contests.push(contest);
  }
  async function tried(weights: SmoothingWeights): Promise<number> {
    for (const contest of contests) ranks[contest.user] = rankIn(contest, weights);
    const value = valueOf(ranks);
    await observe(weights, value);
    return value;
  }
  let best = start;
  let most = await tried(best);
  for (let round = 0; round < rounds; round++) {
    for (const way of ways) {
      for (const factor of factors) {
        const weights = { ...best, [way]: best[way] * factor };
        const value = await tried(weights);
        if (value > most) [best, most] = [weights, value];
      }
    }
  }
}

function contestOf(ready: ReadyNeighbours, sequences: Sequences, user: number): Contest {
  const { base, items, scores: seen } = ready;
  const target = targetOf(sequences, user, "valid");
  checkItem(`validation item of user ${user}`, target, items);
  const sums = addWays(ready, historyOf(sequences, user, "valid"));
  const all = ways.map((way) => sums[way]);
  const totals = all.map(totalOf);
  const shares = Float64Array.from(all, (sum, i) => shareOf(sum, target, totals[i]));
  const isReached = shares.some((share) => share > 0);
  // a target that is not reached is ranked by its base, among others that are not
  let ahead = isReached ? 0 : countBefore(ready, base[target], target);
  const rivals: number[] = [];
  const rivalShares: number[] = [];
  const found = new Float64Array(ways.length);
  for (const { touched, count } of all) {
    for (let at = 0; at < count; at++) {
      const item = touched[at];
      if (item === target || seen.values[item] > 0) continue;
      addTo(seen, item, 1);
      let [isAbove, isUnder, isFound] = [true, true, false];
      for (let i = 0; i < found.length; i++) {
        const share = found[i] = shareOf(all[i], item, totals[i]);
        isAbove &&= isBelow(shares[i], share);
        isUnder &&= isBelow(share, shares[i]);
        isFound ||= share > 0;
      }
      if (!isFound) continue;
      if (!isReached) ahead += 1 - Number(isBefore(item, base[item], target, base[target]));
      else if (isAbove) ahead++;
      else if (!isUnder) {
        rivals.push(item);
        for (let i = 0; i < found.length; i++) rivalShares.push(found[i]);
      }
    }
  }
  clearSum(seen);
  for (const sum of all) clearSum(sum);
  const [rivalItems, ofRivals] = [Int32Array.from(rivals), Float32Array.from(rivalShares)];
  return { user, target, shares, ahead, rivals: rivalItems, rivalShares: ofRivals };
}

/** Tells whether a share is below another one under any weight, or both are 0. */
function isBelow(share: number, other: number): boolean {
  return share <= surely * other;
}

function rankIn({ target, shares, ahead, rivals, rivalShares }: Contest, weights: SmoothingWeights): number {
  const sum = ways.reduce((sum, way) => sum + weights[way], 0);
  const parts = ways.map((way) => weights[way] / sum);
  const score = mix(shares, 0, parts);
  let rank = ahead;
  for (let at = 0; at < rivals.length; at++) {
    rank += Number(isBefore(rivals[at], mix(rivalShares, at * ways.length, parts), target, score));
  }
  return rank;
}

/** Returns the score that `reach` adds up, in the same order. */
function mix(shares: ArrayLike<number>, from: number, parts: readonly number[]): number {
  let score = 0;
  for (let i = 0; i < parts.length; i++) score += parts[i] * shares[from + i];
  return Math.fround(score);
}
