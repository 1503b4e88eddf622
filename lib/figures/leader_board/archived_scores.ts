import { meanMetric, usualMetric } from "../../evaluation/metrics.ts";
import { mean, standardDeviation } from "../../evaluation/significance.ts";
import type { SavedResult } from "../../experiments/result_schema.ts";
import { comparedMetrics } from "../../experiments/tidy_results.ts";
import { groupSeeds } from "./seeds.ts";
import type { SavedScore } from "./saved_scores.ts";

/**
 * Returns what kept results say of the systems that no table has yet: of each the settings that are best in NDCG@10 on the
 * validation items.
 *
 * @param known scores that tables have
 */
export function archivedScores(
  results: readonly SavedResult[],
  known: readonly SavedScore[],
): SavedScore[] {
  const has = new Set(known.map(({ dataset, system }) => JSON.stringify([dataset, system])));
  const others = Map.groupBy(
    results,
    ({ experiment: { dataset, system } }) => JSON.stringify([dataset, system]),
  );
  return [...others].filter(([name]) => !has.has(name)).flatMap(([, own]) => {
    const validation = (seeds: SavedResult[]) =>
      mean(seeds.map(({ ranks }) => meanMetric(Int32Array.from(ranks.valid), usualMetric)));
    const best = groupSeeds(own).reduce((one, other) => validation(other) > validation(one) ? other : one);
    const [{ experiment: { dataset, system } }] = best;
    return comparedMetrics.map((metric): SavedScore => {
      const values = best.map(({ ranks }) => meanMetric(Int32Array.from(ranks.test), metric));
      return {
        dataset,
        system,
        metric,
        value: mean(values),
        deviation: standardDeviation(values),
        paper: null,
      };
    });
  });
}
