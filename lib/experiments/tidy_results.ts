import { type ColumnTable, from } from "arquero";
import { measure } from "../evaluation/measured.ts";
import { meanMetric, type MetricName } from "../evaluation/metrics.ts";
import type { ExperimentResult } from "./result_file.ts";

/** The metrics of the paper's Table 3. */
export const comparedMetrics = ["Recall@10", "NDCG@10", "Recall@50", "NDCG@50"] as const;

/** What a table of results needs of each. */
export type TidyResult = Pick<
  ExperimentResult,
  "experiment" | "ranks" | "bestEpoch" | "settingsFound" | "cost" | "ofOtherCode"
>;

/**
 * Returns results as a tidy table: a row for each run, to be filtered, grouped and pivoted with Arquero.
 *
 * The columns are `run` (the result's place in the list), system, dataset, hiddenSize, learningRate and seed (null where
 * the system has none), `valid NDCG@10`, `test NDCG@10` and so on, bestEpoch, what the run cost, settingsFound (as JSON),
 * and ofOtherCode.
 *
 * @param more metrics beside Recall, NDCG and MRR at 10 and 50
 * @throws {ParameterError} if one is no metric
 * @example
 * ```ts
 * import { op } from "arquero";
 * import { tidyResults } from "./tidy_results.ts";
 * import assert from "node:assert/strict";
 *
 * const setting = { system: "SASRec", dataset: "Toys", hiddenSize: 16, learningRate: 0.001 };
 * const cost = {
 *   parameters: 900, trainedParameters: 900, epochs: 5, secondsPerEpoch: 0.1, pretrainingEpochs: 0,
 *   pretrainingSeconds: 0, engine: "onnx-cpu, 2 processors", memory: 0, seconds: 0.6,
 * };
 * const results = [1, 2].map((seed) => ({
 *   experiment: { ...setting, seed },
 *   ranks: { valid: Int32Array.of(0, 3), test: Int32Array.of(2 * seed, 80) },
 *   bestEpoch: 4, settingsFound: {}, cost, ofOtherCode: false,
 * }));
 * const means = tidyResults(results).groupby("system").rollup({ recall: op.mean("test Recall@10") });
 * assert.deepEqual(means.objects(), [{ system: "SASRec", recall: 0.5 }]);
 * ```
 */
export function tidyResults(results: readonly TidyResult[], more: readonly string[] = []): ColumnTable {
  return from(results.map((result, run) => {
    const { experiment: { system, dataset, hiddenSize, learningRate, seed }, ranks, cost } = result;
    return {
      run,
      dataset,
      system,
      hiddenSize,
      learningRate,
      seed,
      ...metricsOf("valid", ranks.valid, more),
      ...metricsOf("test", ranks.test, more),
      bestEpoch: result.bestEpoch,
      ...cost,
      settingsFound: JSON.stringify(result.settingsFound),
      ofOtherCode: result.ofOtherCode,
    };
  }));
}

function metricsOf(part: string, ranks: Int32Array, more: readonly string[]): Record<string, number> {
  const { means } = measure(ranks);
  const others = more.filter((name) => !(name in means))
    .map((name) => [name, meanMetric(ranks, name as MetricName)] as const);
  return Object.fromEntries(
    [...Object.entries(means), ...others].map(([name, value]) => [`${part} ${name}`, value]),
  );
}
