import { meansOf, metricsPerUser } from "../../evaluation/metrics.ts";
import { type Contest, rankIn } from "./contest.ts";
import { type FusionWeights, knobsOf } from "./weights.ts";

/** What a weight is tried to be multiplied by: coarse steps, as finer ones end sooner at a worse place. */
const factors = [0.5, 0.75, 1.35, 2];
/** How often all weights are gone through, at most. */
const rounds = 3;
/** The K of what the weights are chosen by. */
export const searchCutoff = 10;

/** Where the search starts, for so many parts whose scores are added as they are. */
export function startingWeights(parts: number, neighbours: "none" | "counted" | "over texts"): FusionWeights {
  return {
    scores: Array(parts).fill(1),
    neighbours: neighbours === "none" ? 0 : 3,
    floor: 3e-3,
    ways: neighbours === "over texts"
      ? { counts: 1, toSimilar: 0.3, fromSimilar: 0.2, text: 0.1 }
      : { counts: 1, toSimilar: 0, fromSimilar: 0, text: 0 },
  };
}

/** Returns what weights are chosen by: Recall@10 + NDCG@10 of 0-based ranks. */
export function goalOf(ranks: Int32Array): number {
  const means = meansOf(metricsPerUser(ranks, [searchCutoff]));
  return means[`Recall@${searchCutoff}`] + means[`NDCG@${searchCutoff}`];
}

/**
 * Returns the weights that rank the users' validation items best, by coordinate ascent: each in turn is multiplied by a
 * few factors, and what is better is kept, until a whole round finds nothing better.
 *
 * Nothing is drawn at random, and of equally good weights the first that were tried are kept.
 *
 * @param contests of users with a history
 * @param observe is told after each weights that are tried
 */
export async function searchWeights(
  contests: readonly Contest[],
  start: FusionWeights,
  observe?: (progress: { done: number; total: number; best: number }) => void | Promise<void>,
): Promise<FusionWeights> {
  const knobs = knobsOf(start);
  const total = 1 + rounds * knobs.length * factors.length;
  let done = 0;
  let best = start;
  let most = -Infinity;
  async function tryOut(weights: FusionWeights): Promise<boolean> {
    const value = goalOf(Int32Array.from(contests, (contest) => rankIn(contest, weights)));
    const isBetter = value > most;
    if (isBetter) [best, most] = [weights, value];
    await observe?.({ done: ++done, total, best: most });
    return isBetter;
  }
  await tryOut(start);
  for (let round = 0; round < rounds; round++) {
    let improved = false;
    for (const knob of knobs) {
      for (const factor of factors) {
        improved = await tryOut(knob.with(best, knob.get(best) * factor)) || improved;
      }
    }
    if (!improved) break;
  }
  return best;
}
