import { bootstrap, type Estimate } from "../../evaluation/bootstrap.ts";
import { metricPerUser, ofAsked } from "../../evaluation/metrics.ts";
import { mean } from "../../evaluation/significance.ts";
import type { SavedResult } from "../../experiments/result_schema.ts";
import { createGenerator } from "../../random.ts";
import { groupSeeds } from "./seeds.ts";
import type { SavedScore } from "./saved_scores.ts";

/** Numbers that were made of the same ranks agree to this. */
const tolerance = 1e-9;

/** A score, and how far it would move with other users of the same kind; null where their ranks are not kept. */
export interface ScoreWithInterval extends SavedScore {
  interval: Estimate["interval"];
}

/**
 * Finds the trainings that scores were made of among a data set's kept results, and estimates how far each score would move
 * with other users.
 *
 * A score belongs to those trainings whose ranks give exactly it, averaged over the seeds; one that belongs to none has no
 * interval.
 *
 * @param scores of one data set
 * @param results of the same
 */
export function scoresWithIntervals(
  scores: readonly SavedScore[],
  results: readonly SavedResult[],
): ScoreWithInterval[] {
  const perUser = scores.map((score) => usersOf(score, results));
  const intervals = new Map<number, Estimate["interval"]>();
  // data sets split in two ways have other users: what is resampled together has as many
  const bySize = Map.groupBy([...perUser.keys()].filter((at) => perUser[at]), (at) => perUser[at]!.length);
  for (const [users, alike] of bySize) {
    const width = alike.length;
    const values = new Float64Array(users * width); // [users, scores]
    alike.forEach((at, place) => perUser[at]!.forEach((value, user) => values[user * width + place] = value));
    const estimates = bootstrap(
      Int32Array.from({ length: users }, (_, user) => user),
      (drawn) => meansOf(values, width, drawn),
      createGenerator(1),
    );
    alike.forEach((at, place) => intervals.set(at, estimates[place].interval));
  }
  return scores.map((score, at) => ({ ...score, interval: intervals.get(at) ?? null }));
}

/** Returns the columns' means over the users that were drawn. */
function meansOf(values: Float64Array, width: number, drawn: Int32Array): number[] {
  const sums = new Float64Array(width);
  for (let at = 0; at < drawn.length; at++) {
    const row = drawn[at] * width;
    for (let column = 0; column < width; column++) sums[column] += values[row + column];
  }
  return Array.from(sums, (sum) => sum / drawn.length);
}

/** Returns each test user's value, averaged over the seeds, or null if no results give the score. */
function usersOf({ dataset, system, metric, value }: SavedScore, results: readonly SavedResult[]) {
  const own = results.filter(({ experiment }) =>
    experiment.dataset === dataset && experiment.system === system
  );
  for (const seeds of [...own.map((one) => [one]), ...groupSeeds(own)]) {
    const perSeed = seeds.map(({ ranks }) => ofAsked(metricPerUser(Int32Array.from(ranks.test), metric)));
    // the users may not have been counted alike
    const isOfSameUsers = perSeed.every(({ length }) => length === perSeed[0].length);
    if (!isOfSameUsers || Math.abs(mean(perSeed.map(mean)) - value) > tolerance) continue;
    return Float64Array.from(perSeed[0], (_, user) => mean(perSeed.map((values) => values[user])));
  }
  return null;
}
