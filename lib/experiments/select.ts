import { op } from "arquero";
import { parseMetric, usualMetric } from "../evaluation/metrics.ts";
import type { ExperimentResult } from "./result_file.ts";
import { tidyResults } from "./tidy_results.ts";

/** A system on a data set with one choice of hyper-parameters, once for each seed. */
export interface MeasuredSetting {
  dataset: string;
  system: string;
  /** Null where the system has none. */
  hiddenSize: number | null;
  /** Null where the system has none. */
  learningRate: number | null;
  /** Means over the seeds: of the metric on the validation items that is selected by. */
  validation: number;
  bestEpoch: number;
  epochs: number;
  /** In the order of the seeds. */
  results: ExperimentResult[];
}

/**
 * Returns how good every choice of hyper-parameters is on the validation items.
 *
 * @param selectBy a metric, as the paper's if left out
 * @returns in the order in which data sets, systems and their settings come in the results
 * @throws {ParameterError} if there is no such metric
 */
export function measureSettings(
  results: readonly ExperimentResult[],
  selectBy: string = usualMetric,
): MeasuredSetting[] {
  parseMetric(selectBy, "selectBy");
  if (results.length === 0) return [];
  const settings = tidyResults(results, [selectBy])
    .groupby("dataset", "system", "hiddenSize", "learningRate")
    .rollup({
      validation: op.mean(`valid ${selectBy}`),
      bestEpoch: op.mean("bestEpoch"),
      epochs: op.mean("epochs"),
      runs: op.array_agg("run"),
    });
  return (settings.objects() as (Omit<MeasuredSetting, "results"> & { runs: number[] })[])
    .map(({ runs, ...setting }) => ({ ...setting, results: runs.map((run) => results[run]) }));
}

/**
 * Chooses each system's hyper-parameters on each data set by the metric on the validation items, as the paper does.
 *
 * Of equally good settings the one tried first is taken.
 *
 * @param settings from `measureSettings`
 * @returns in the order in which data sets and systems come in the settings
 */
export function selectByValidation(settings: readonly MeasuredSetting[]): MeasuredSetting[] {
  const bySystem = Map.groupBy(settings, ({ dataset, system }) => JSON.stringify([dataset, system]));
  return [...bySystem.values()].map((candidates) =>
    candidates.reduce((best, other) => other.validation > best.validation ? other : best)
  );
}
