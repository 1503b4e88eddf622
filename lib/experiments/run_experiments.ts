import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import type { Experiment } from "./grid.ts";
import type { ExperimentResult } from "./result_file.ts";
import { type ExperimentSettings, planExperiment, runExperiment } from "./run_experiment.ts";

/**
 * Does experiments one after the other; those that are done already are looked up.
 *
 * What a system's turn would refuse, after hours of others, is refused before the first training.
 *
 * @param targets the data sets that the experiments name
 * @param sources what the systems that learn from other domains are pre-trained on
 * @returns one result for each experiment, in their order
 * @throws {ParameterError} if there is no such system, or a setting cannot be used
 * @throws {DataError} if domains lack what a system reads
 * @throws {CheckpointError} if what an earlier run left behind is damaged
 */
export async function runExperiments(
  engine: Engine,
  experiments: readonly Experiment[],
  targets: readonly Domain[],
  sources: readonly SourceDomain[],
  settings: ExperimentSettings,
): Promise<ExperimentResult[]> {
  const targetOf = ({ dataset }: Experiment) => targets.find(({ name }) => name === dataset)!;
  const plan = async (experiment: Experiment) =>
    await planExperiment(experiment, targetOf(experiment), sources, settings);
  for (const experiment of firstOfEach(experiments)) await plan(experiment);
  const results: ExperimentResult[] = [];
  for (const experiment of experiments) {
    const place = { ...settings, engine };
    results.push(await runExperiment(experiment, targetOf(experiment), await plan(experiment), place));
  }
  return results;
}

/** Returns one experiment for each system and data set: the others differ in numbers that the grid has checked. */
function firstOfEach(experiments: readonly Experiment[]): Experiment[] {
  const groups = Map.groupBy(experiments, ({ system, dataset }) => JSON.stringify([system, dataset]));
  return [...groups.values()].map(([first]) => first);
}
