import { ParameterError } from "../errors.ts";
import { type MetricName, metricsPerUser } from "./metrics.ts";

/**
 * Returns a metric of each user by its name, whatever its cutoff.
 *
 * @param ranks 0-based ranks of the targets; −1 for a user without a history. `[users]`
 * @param name such as `NDCG@10`
 * @param where the parameter that the name stands in
 * @throws {ParameterError} if there is no such metric
 * @example
 * ```ts
 * import { metricValues } from "./metric_values.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...metricValues(Int32Array.of(0, 2, 30), "Recall@3")], [1, 1, 0]);
 * ```
 */
export function metricValues(ranks: Int32Array, name: string, where = "metric"): Float64Array {
  const [, cutoff] = name.match(/^(?:Recall|NDCG|MRR)@([1-9]\d*)$/) ?? [];
  if (cutoff) return metricsPerUser(ranks, [Number(cutoff)])[name as MetricName];
  throw new ParameterError({
    where,
    expected: "Recall@K, NDCG@K or MRR@K with a K from 1",
    found: JSON.stringify(name),
    advice: "For example NDCG@10.",
  });
}
