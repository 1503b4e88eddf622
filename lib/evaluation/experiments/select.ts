import { measure } from "../measured.ts";
import { mean } from "../significance.ts";
import type { ExperimentResult } from "./result_file.ts";

/** A system on a data set with the hyper-parameters that were best there, once for each seed. */
export interface Selected {
  system: string;
  dataset: string;
  learningRate: number;
  hiddenSize: number;
  /** Mean over the seeds of NDCG@10 on the validation items: what was selected by. */
  validation: number;
  /** In the order of the seeds. */
  results: ExperimentResult[];
}

/**
 * Chooses each system's hyper-parameters on each data set by NDCG@10 on the validation items, as the paper does.
 *
 * Of equally good settings the one tried first is taken.
 *
 * @returns in the order in which data sets and systems come in the results
 */
export function selectByValidation(results: readonly ExperimentResult[]): Selected[] {
  const bySystem = Map.groupBy(results, ({ experiment }) => `${experiment.dataset} ${experiment.system}`);
  return [...bySystem.values()].map((ofSystem) => {
    const settings = Map.groupBy(
      ofSystem,
      ({ experiment }) => `${experiment.hiddenSize} ${experiment.learningRate}`,
    );
    const candidates = [...settings.values()].map((results) => ({
      results,
      validation: mean(results.map(({ ranks }) => measure(ranks.valid).means["NDCG@10"])),
    }));
    const best = candidates.reduce((best, other) => other.validation > best.validation ? other : best);
    const { seed: _, ...experiment } = best.results[0].experiment;
    return { ...experiment, ...best };
  });
}
