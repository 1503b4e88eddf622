import { notAsked } from "../data/split.ts";
import { EngineError, ParameterError } from "../errors.ts";
import { tieOrder } from "./tie_order.ts";
import { checkPositiveInteger, show } from "../checks.ts";

/** What is measured for one held-out item; with one target per user, Recall is the same as Hit. */
export type Metric = "Recall" | "NDCG" | "MRR";

/** A metric with its cutoff, such as `NDCG@10`. */
export type MetricName = `${Metric}@${number}`;

/** The metric by which trainings are stopped and settings are chosen, as in the paper, where nothing else is said. */
export const usualMetric: MetricName = "NDCG@10";

/** The value of a target found at a 0-based rank above the cutoff. */
const valueAt: Record<Metric, (rank: number) => number> = {
  Recall: () => 1,
  NDCG: (rank) => 1 / Math.log2(rank + 2),
  MRR: (rank) => 1 / (rank + 1),
};

/** All metrics of a ranked target. */
const metrics = Object.keys(valueAt) as Metric[];

/**
 * Returns metric and cutoff of a name such as `Recall@20`.
 *
 * @param where the parameter that the name stands in
 * @throws {ParameterError} if it is no metric, or the cutoff no positive integer
 * @example
 * ```ts
 * import { parseMetric } from "./metrics.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseMetric("Recall@20"), { metric: "Recall", cutoff: 20 });
 * ```
 */
export function parseMetric(name: string, where = "metric"): { metric: Metric; cutoff: number } {
  const [, metric, cutoff] = /^(\w+)@([1-9]\d*)$/.exec(String(name)) ?? [];
  const known = metrics.find((one) => one === metric);
  if (known && Number.isSafeInteger(Number(cutoff))) return { metric: known, cutoff: Number(cutoff) };
  throw new ParameterError({
    where,
    expected: "Recall@K, NDCG@K or MRR@K",
    found: show(name),
    advice: "Use for example NDCG@10, or Recall@20.",
  });
}

/**
 * Returns the value of one metric for each user.
 *
 * With the target at 0-based rank r < K, Recall@K = 1, NDCG@K = 1 / log₂(r + 2) and MRR@K = 1 / (r + 1); else all are 0.
 *
 * @param ranks 0-based ranks of the targets; −1 for a user without a history, for whom nothing is found, and
 *   `notAsked` (−2) for one who has nothing to be found. `[users]`
 * @param name any metric at any cutoff, such as `Recall@20`
 * @returns `[users]`; NaN for users with nothing to be found, as `ofAsked` leaves them out
 * @throws {ParameterError} if there is no such metric
 */
export function metricPerUser(ranks: Int32Array, name: string): Float64Array {
  const { metric, cutoff } = parseMetric(name);
  return Float64Array.from(ranks, (rank) => {
    if (rank === notAsked) return NaN;
    return rank >= 0 && rank < cutoff ? valueAt[metric](rank) : 0;
  });
}

/** Returns the values of the users who had something to be found: all of them in the leave-one-out split. */
export function ofAsked(perUser: Float64Array): Float64Array {
  return perUser.filter((value) => !Number.isNaN(value));
}

/**
 * Returns the mean of one metric over the users.
 *
 * @param ranks 0-based ranks of the targets; −1 for a user without a history, who counts as 0, and `notAsked` (−2) for
 *   one with nothing to be found, who does not count. `[users]`
 * @param name any metric at any cutoff, such as `Recall@20`
 * @throws {ParameterError} if there is no such metric, or there are no users
 * @example
 * ```ts
 * import { meanMetric } from "./metrics.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(meanMetric(Int32Array.of(0, 15, 30, -1), "Recall@20"), 0.5);
 * ```
 */
export function meanMetric(ranks: Int32Array, name: MetricName): number {
  return meansOf({ [name]: metricPerUser(ranks, name) })[name];
}

/**
 * Returns the 0-based rank of each user's target among all items.
 *
 * The rank is the target's place in the list that `topK` gives: items with a higher score come before it, and of those
 * with the same score the ones that `tieOrder` puts first.
 *
 * @param scores one row of item scores per user; −∞ for items that must not be recommended. `[users × width]`
 * @param targets the held-out item of each user. `[users]`
 * @param width the number of items
 * @throws {EngineError} if a score is NaN or +∞
 * @throws {ParameterError} if the shapes disagree or a target is no item
 * @example
 * ```ts
 * import { ranksOf } from "./metrics.ts";
 * import assert from "node:assert/strict";
 *
 * const scores = Float32Array.from([0.1, 0.9, 0.4, 0.5, 0.7, 0.2]);
 * assert.deepEqual([...ranksOf(scores, Int32Array.from([2, 0]), 3)], [1, 1]);
 * ```
 */
export function ranksOf(scores: Float32Array, targets: Int32Array, width: number): Int32Array {
  if (scores.length !== targets.length * width) {
    throw new ParameterError({
      where: "scores",
      expected: `${targets.length} users × ${width} items = ${targets.length * width} numbers`,
      found: String(scores.length),
      advice: "Pass one row of scores for each target.",
    });
  }
  return targets.map((target, user) =>
    rankOf(scores.subarray(user * width, (user + 1) * width), target, user)
  );
}

/**
 * Returns every metric at every cutoff for each user.
 *
 * @param ranks 0-based ranks of the targets, as `metricPerUser` reads them. `[users]`
 * @param cutoffs the K of Recall@K and so on
 * @returns by metric name, one value per user: Recall, NDCG and MRR, as `metricPerUser` defines them
 * @throws {ParameterError} if a cutoff is not a positive integer
 * @example
 * ```ts
 * import { meansOf, metricsPerUser } from "./metrics.ts";
 * import assert from "node:assert/strict";
 *
 * const perUser = metricsPerUser(Int32Array.from([0, 2, 30]), [10]);
 * assert.deepEqual([...perUser["NDCG@10"]], [1, 0.5, 0]);
 * assert.equal(meansOf(perUser)["NDCG@10"], 0.5);
 * ```
 */
export function metricsPerUser(
  ranks: Int32Array,
  cutoffs: readonly number[],
): Record<MetricName, Float64Array> {
  const perUser: Record<MetricName, Float64Array> = {};
  for (const metric of metrics) {
    for (const cutoff of cutoffs) {
      checkPositiveInteger("cutoffs", cutoff, "The paper uses 10 and 50.");
      const name: MetricName = `${metric}@${cutoff}`;
      perUser[name] = metricPerUser(ranks, name);
    }
  }
  return perUser;
}

/**
 * Returns the mean of each metric over the users.
 *
 * @throws {ParameterError} if there are no users
 */
export function meansOf(perUser: Record<MetricName, Float64Array>): Record<MetricName, number> {
  const means: Record<MetricName, number> = {};
  for (const [name, ofAll] of Object.entries(perUser) as [MetricName, Float64Array][]) {
    const values = ofAsked(ofAll);
    if (values.length === 0) {
      throw new ParameterError({
        where: name,
        expected: "at least one user to average over",
        found: "none",
        advice: "Leave out groups without users.",
      });
    }
    means[name] = values.reduce((sum, value) => sum + value, 0) / values.length;
  }
  return means;
}

function rankOf(scores: Float32Array, target: number, user: number): number {
  if (target < 0 || target >= scores.length) {
    throw new ParameterError({
      where: `targets[${user}]`,
      expected: `an item from 0 to ${scores.length - 1}`,
      found: String(target),
      advice: "Give the model a score for every item of the data set.",
    });
  }
  const targetScore = scores[target];
  const place = tieOrder(target);
  let before = 0;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item];
    if (score > targetScore || (score === targetScore && tieOrder(item) < place)) before++;
    // false for NaN too
    if (!(score < Infinity)) throw notFinite(`score of item ${item} for user ${user} of the batch`, score);
  }
  return before;
}

/** Returns the error for a score that is NaN or +∞. */
export function notFinite(where: string, score: number): EngineError {
  return new EngineError({
    where,
    expected: "a finite number",
    found: String(score),
    advice: "Training has diverged: use a smaller learning rate, or look for bad input features.",
  });
}
