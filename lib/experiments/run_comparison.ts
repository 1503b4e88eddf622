import type { Domain } from "../data/domain.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import type { System, Workplace } from "../systems/system.ts";
import { type Experiment, experimentGrid } from "./grid.ts";
import type { StudySettings } from "./profile_settings.ts";
import type { ExperimentResult } from "./result_file.ts";
import type { ExperimentSettings } from "./run_experiment.ts";
import { runExperiments } from "./run_experiments.ts";
import { type MeasuredSetting, measureSettings, selectByValidation } from "./select.ts";

/** What is compared, and how. */
export interface ComparisonOptions extends Pick<ExperimentSettings, "retrain" | "start"> {
  systems: readonly System[];
  targets: readonly Domain[];
  sources: readonly SourceDomain[];
  settings: StudySettings;
  /** Of systems that are searched over other learning rates, by name. */
  learningRatesOf?: Readonly<Record<string, readonly number[]>>;
  seeds: readonly number[];
  /** The metric on the validation items that chooses a system's settings; the paper's if left out. */
  selectBy?: string;
}

/** What came out of a comparison. */
export interface Comparison {
  /** One for each training. */
  results: ExperimentResult[];
  /** How many of them an earlier run had left behind. */
  found: number;
  /** Every choice of hyper-parameters. */
  tried: MeasuredSetting[];
  /** The best choice of each system on each data set. */
  chosen: MeasuredSetting[];
}

/** Returns the trainings that a comparison takes. */
export function comparisonExperiments(
  { systems, targets, settings, learningRatesOf, seeds }: ComparisonOptions,
): Experiment[] {
  return experimentGrid({
    systems: systems.map(({ name }) => name),
    datasets: targets.map(({ name }) => name),
    learningRates: settings.learningRates,
    learningRatesOf,
    hiddenSizes: settings.hiddenSizes,
    seeds,
  }, systems);
}

/** Returns what all trainings of a comparison have in common, places left out. */
export function comparisonSettings(
  { systems, settings: { sizes, training, ...settings }, retrain, start }: ComparisonOptions,
): Omit<ExperimentSettings, "runs" | "observe" | "found"> {
  const { hiddenSize: _, ...otherSizes } = sizes;
  const { learningRate: __, ...limits } = training;
  return {
    sizes: otherSizes,
    training: limits,
    pretraining: settings.pretraining,
    pretrainingEpochsOf: settings.pretrainingEpochsOf,
    ownSystems: systems,
    retrain,
    start,
  };
}

/**
 * Trains every system with every setting of the grid, or looks up what was trained before, and chooses each system's
 * settings on the validation items.
 *
 * @throws {ParameterError} if a setting cannot be used
 * @throws {DataError} if domains lack what a system reads
 * @throws {CheckpointError} if what an earlier run left behind is damaged
 */
export async function runComparison(place: Workplace, options: ComparisonOptions): Promise<Comparison> {
  const { targets, sources, selectBy } = options;
  let found = 0;
  measureSettings([], selectBy); // a metric that is none is refused before hours of training
  const results = await runExperiments(place.engine, comparisonExperiments(options), targets, sources, {
    ...comparisonSettings(options),
    runs: place.runs,
    observe: place.observe,
    found: () => void found++,
  });
  const tried = measureSettings(results, selectBy);
  return { results, found, tried, chosen: selectByValidation(tried) };
}

/** Says which of the chosen results other code gave than there is now; nothing where there are none. */
export function notesOnCode(chosen: readonly MeasuredSetting[]): string[] {
  const old = chosen.filter(({ results }) => results.some(({ ofOtherCode }) => ofOtherCode));
  if (old.length === 0) return [];
  const names = [...new Set(old.map(({ system }) => system))].join(", ");
  return [`Given by other code than there is now (retrain = true trains anew): ${names}.`];
}
