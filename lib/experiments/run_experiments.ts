import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import type { Experiment } from "./grid.ts";
import type { ExperimentResult } from "./result_file.ts";
import { checkTexts, type ExperimentSettings, runExperiment } from "./run_experiment.ts";

/**
 * Does experiments one after the other; those that are done already are looked up.
 *
 * Text features that a system's turn would refuse, after hours of others, are refused before the first training.
 *
 * @param targets the data sets that the experiments name
 * @param sources what the systems that learn from other domains are pre-trained on
 * @returns one result for each experiment, in their order
 * @throws {ParameterError} if there is no such system
 * @throws {DataError} if text features that are read are of different text encoders, or an item's are all zero
 * @throws {CheckpointError} if what an earlier run left behind is damaged
 */
export async function runExperiments(
  engine: Engine,
  experiments: readonly Experiment[],
  targets: readonly Domain[],
  sources: readonly SourceDomain[],
  settings: ExperimentSettings,
): Promise<ExperimentResult[]> {
  const planned = experiments.map((experiment) => ({
    experiment,
    target: targets.find(({ name }) => name === experiment.dataset)!,
  }));
  for (const { experiment, target } of planned) checkTexts(experiment.system, target, sources);
  const results: ExperimentResult[] = [];
  for (const { experiment, target } of planned) {
    results.push(await runExperiment(engine, experiment, target, sources, settings));
  }
  return results;
}
