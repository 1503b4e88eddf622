import type { Domain } from "../data/domain.ts";
import { DataError } from "../errors.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { refuseZeroRows } from "../text/zero_rows.ts";
import { meansOf, type Metric, type MetricName, metricsPerUser } from "./metrics.ts";

/** The K of the paper's tables. */
const cutoffs = [10, 50];

/** The metrics that are always measured, at the paper's cutoffs. */
export type MeasuredMetric = `${Metric}@${10 | 50}`;

/**
 * How well the held-out items are ranked: the means by their names, `measured["NDCG@10"]`, and what they come from.
 *
 * `meanMetric(measured.ranks, "Recall@20")` has the others.
 */
export interface Measured extends Readonly<Record<MeasuredMetric, number>> {
  /** 0-based rank of each user's item; −1 for a user without a history, −2 without an item to be ranked. `[users]` */
  ranks: Int32Array;
  /** Each metric for each user, for significance tests; NaN for a user without an item to be ranked. */
  perUser: Record<MetricName, Float64Array>;
  /** The mean of each metric over the users. */
  means: Record<MetricName, number>;
}

/** Returns the metrics of ranks, at the paper's cutoffs. */
export function measure(ranks: Int32Array): Measured {
  const perUser = metricsPerUser(ranks, cutoffs);
  const means = meansOf(perUser);
  return { ...means as Record<MeasuredMetric, number>, ranks, perUser, means };
}

/**
 * Returns the feature values that a model reads of a domain, or null for a model that reads none.
 *
 * @throws {DataError} if the domain has no features that fit, or an item's are all zero
 */
export function featuresFor(
  model: SequenceModel,
  { name, features }: Pick<Domain, "name" | "features">,
): Float32Array | null {
  if (model.featureSize === null) return null;
  if (features?.width === model.featureSize && features.rows === model.items) {
    refuseZeroRows({ name, features });
    return features.values;
  }
  throw new DataError({
    where: `text features of ${name}`,
    expected: `${model.items} rows of ${model.featureSize} numbers, as ${model.name} reads them`,
    found: features ? `${features.rows} rows of ${features.width}` : "none",
    advice: "Encode the item texts first, for example with withFeatures.",
  });
}
