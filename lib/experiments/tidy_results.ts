import { type ColumnTable, from } from "arquero";
import { measure } from "../evaluation/measured.ts";
import { mean } from "../evaluation/significance.ts";
import { metricPerUser } from "../evaluation/metrics.ts";
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
 * import type { ExperimentResult } from "./result_file.ts";
 * import { tidyResults } from "./tidy_results.ts";
 *
 * const results: ExperimentResult[] = []; // from runExperiments
 * tidyResults(results).groupby("system").rollup({ best: op.max("test NDCG@10") });
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
    .map((name) => [name, mean(metricPerUser(ranks, name))] as const);
  return Object.fromEntries(
    [...Object.entries(means), ...others].map(([name, value]) => [`${part} ${name}`, value]),
  );
}
