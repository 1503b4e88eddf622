import { measure } from "../evaluation/measured.ts";
import { mean } from "../evaluation/significance.ts";
import type { ExperimentResult } from "./result_file.ts";

/** A system on a data set with one choice of hyper-parameters, once for each seed. */
export interface MeasuredSetting {
  system: string;
  dataset: string;
  learningRate: number | null;
  hiddenSize: number | null;
  /** Mean over the seeds of NDCG@10 on the validation items: what is selected by. */
  validation: number;
  /** In the order of the seeds. */
  results: ExperimentResult[];
}

/**
 * Returns how good every choice of hyper-parameters is on the validation items.
 *
 * @returns in the order in which data sets, systems and their settings come in the results
 */
export function measureSettings(results: readonly ExperimentResult[]): MeasuredSetting[] {
  const bySetting = Map.groupBy(
    results,
    ({ experiment: { seed: _, ...setting } }) => JSON.stringify(setting),
  );
  return [...bySetting.values()].map((results) => {
    const { seed: _, ...setting } = results[0].experiment;
    const validation = mean(results.map(({ ranks }) => measure(ranks.valid).means["NDCG@10"]));
    return { ...setting, validation, results };
  });
}

/**
 * Chooses each system's hyper-parameters on each data set by NDCG@10 on the validation items, as the paper does.
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
