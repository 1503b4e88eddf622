import { type Generator, integer } from "../random.ts";
import { quantiles } from "./quantiles.ts";

/** A statistic of some users, and how far it would move with other users of the same kind. */
export interface Estimate {
  /** Null where the statistic is not defined. */
  value: number | null;
  /** Holds 95 % of the resamples; null where they say nothing: all give the same, or too many give nothing. */
  interval: { low: number; high: number } | null;
}

const resamples = 2000;
const bounds = [0.025, 0.975];

/**
 * Estimates statistics of users with their percentile bootstrap intervals (Efron, 1979).
 *
 * Every resample draws as many users as there are, with replacement, and serves all statistics: what is measured of one
 * user stays together. A resample in which a statistic is not finite, such as a ratio to 0, counts as above all others,
 * so that it widens the interval rather than leaving it too narrow.
 *
 * @param users any indices
 * @param statistics returns the statistics of drawn users; NaN or infinite where not defined
 * @example
 * ```ts
 * import { createGenerator } from "../random.ts";
 * import { bootstrap } from "./bootstrap.ts";
 * import assert from "node:assert/strict";
 *
 * const hits = [1, 0, 0, 1, 1, 0, 1, 0];
 * const users = Int32Array.from(hits.keys());
 * const recall = (drawn: Int32Array) => [drawn.reduce((sum, user) => sum + hits[user], 0) / drawn.length];
 * const [{ value, interval }] = bootstrap(users, recall, createGenerator(1));
 * assert.equal(value, 0.5);
 * assert.ok(interval !== null && interval.low < 0.5 && interval.high > 0.5);
 * ```
 */
export function bootstrap(
  users: Int32Array,
  statistics: (drawn: Int32Array) => readonly number[],
  generator: Generator,
): Estimate[] {
  const values = statistics(users);
  const resampled = values.map(() => new Float64Array(resamples));
  const drawn = new Int32Array(users.length);
  for (let resample = 0; resample < resamples; resample++) {
    for (let at = 0; at < drawn.length; at++) drawn[at] = users[integer(generator, users.length)];
    statistics(drawn).forEach((value, which) =>
      resampled[which][resample] = Number.isFinite(value) ? value : Infinity
    );
  }
  return values.map((value, which) =>
    Number.isFinite(value)
      ? { value, interval: intervalOf(resampled[which]) }
      : { value: null, interval: null }
  );
}

function intervalOf(values: Float64Array): Estimate["interval"] {
  const [low, high] = quantiles(values, bounds);
  const defined = values.filter(Number.isFinite);
  const isConstant = defined.every((value) => value === defined[0]);
  return Number.isFinite(high) && !isConstant ? { low, high } : null;
}
