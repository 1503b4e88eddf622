import { countOf } from "../count_of.ts";
import type { Domain } from "../data/domain.ts";
import { defaultThreads } from "../engine/threads.ts";
import type { Pretrained } from "../files/pretrained_file.ts";
import { findSystem } from "../systems/registry.ts";
import type { PretrainingOptions } from "../systems/pretraining/pretraining.ts";
import type { System, SystemSizes, TrainedRecommender, TrainingPlan, Workplace } from "../systems/system.ts";
import type { EpochRecord, FitObserver } from "../training/fit.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import type { NegativesChoice } from "../training/negatives.ts";
import { quantiles } from "../evaluation/quantiles.ts";
import type { Experiment } from "./grid.ts";
import { type Cost, type ExperimentResult, findResult, noteUnfinished, saveResult } from "./result_file.ts";

/** What all experiments of a comparison have in common. */
export interface ExperimentSettings extends Omit<Workplace, "engine"> {
  /** Sizes beside the hidden size. */
  sizes: Omit<SystemSizes, "hiddenSize">;
  training: { batchSize: number; epochs: number; patience: number; negatives?: NegativesChoice };
  /** What differs from each system's own way of pre-training. */
  pretraining: Omit<PretrainingOptions, "seed" | "runs" | "observer">;
  /** The most epochs of pre-training of systems that have a limit of their own, by name. */
  pretrainingEpochsOf?: Readonly<Record<string, number>>;
  /** A pre-trained UniSRec that its systems start from, instead of pre-training it. */
  start?: Pretrained;
  /** Systems beside those of the registry. */
  ownSystems?: readonly System[];
  /** Whether results that other code gave are done again; they are shown, and said to be so, if not. */
  retrain?: boolean;
  /** Is told of each result that an earlier run left behind, so that nothing is trained. */
  found?(result: ExperimentResult): void;
}

/**
 * Settles one experiment without doing it.
 *
 * @param sources what the systems that learn from other domains are pre-trained on
 * @throws {ParameterError} if there is no such system, or a setting cannot be used
 * @throws {DataError} if the domains lack what the system reads
 */
export function planExperiment(
  { system: name, learningRate, hiddenSize, seed }: Experiment,
  target: Domain,
  sources: readonly SourceDomain[],
  { sizes, training, pretraining, pretrainingEpochsOf, ownSystems, start }: ExperimentSettings,
): TrainingPlan | Promise<TrainingPlan> {
  const system = findSystem(name, "systemNames", ownSystems);
  const epochs = pretrainingEpochsOf?.[name];
  return system.plan(target, {
    ...training,
    ...(learningRate === null ? {} : { learningRate }),
    sizes: { ...sizes, ...(hiddenSize === null ? {} : { hiddenSize }) },
    seed: seed ?? 1,
    ...(start && name.startsWith("UniSRec") ? { start } : {}),
    sources,
    pretraining: epochs === undefined ? pretraining : { ...pretraining, epochs },
  });
}

/**
 * Does one experiment: pre-training if the system has one, training on the target, test; or looks up its result.
 *
 * @param plan from `planExperiment`
 * @throws {CheckpointError} if what an earlier run left behind is damaged
 */
export async function runExperiment(
  experiment: Experiment,
  target: Pick<Domain, "userIds" | "itemIds" | "sequences">,
  plan: TrainingPlan,
  { engine, runs, observe, retrain = false, found }:
    & Workplace
    & Pick<ExperimentSettings, "retrain" | "found">,
): Promise<ExperimentResult> {
  const identity = runs === null ? null : await plan.identify();
  const folder = `${runs}/experiments`;
  const { userIds, itemIds, sequences } = target;
  const size = { users: userIds.length, items: itemIds.length, isByTime: sequences.split !== undefined };
  const known = identity && await findResult(folder, identity, size, { otherCode: !retrain });
  if (known) {
    found?.(known);
    return known;
  }

  if (identity) await noteUnfinished(folder, identity, experiment);
  const start = performance.now();
  let memory = 0;
  const details = describeSettings(experiment);
  const recommender = await plan.train({
    engine,
    runs,
    observe: (name, limits): FitObserver => {
      const observer = observe?.(`${name}${details}`, limits);
      return {
        ...observer,
        async epoch(curve, stopping) {
          memory = Math.max(memory, Deno.memoryUsage().rss);
          await observer?.epoch?.(curve, stopping);
        },
      };
    },
  });
  try {
    const { ranks: valid } = await recommender.evaluate("valid");
    const { ranks: test } = await recommender.evaluate("test");
    const result: ExperimentResult = {
      experiment,
      ranks: { valid, test },
      bestEpoch: recommender.bestEpoch,
      curve: [...recommender.curve],
      settingsFound: recommender.settingsFound,
      cost: {
        ...costOf(recommender),
        engine: `${engine.name}, ${countOf(defaultThreads(), "processor")}`,
        memory: Math.max(memory, Deno.memoryUsage().rss),
        seconds: (performance.now() - start) / 1000,
      },
      ofOtherCode: false,
    };
    if (identity) await saveResult(folder, identity, result);
    return result;
  } finally {
    await recommender.release();
  }
}

/** Writes what is varied in an experiment, each with what parts it from what stands before. */
export function describeSettings(
  { hiddenSize, learningRate, seed }: Pick<Experiment, "hiddenSize" | "learningRate" | "seed">,
): string {
  const values = { hidden: hiddenSize, lr: learningRate, seed };
  return Object.entries(values).map(([name, value]) => value === null ? "" : ` · ${name} ${value}`).join("");
}

function costOf({ cost, curve }: TrainedRecommender): Omit<Cost, "engine" | "memory" | "seconds"> {
  const seconds = (epochs: readonly EpochRecord[]) => Float64Array.from(epochs, ({ seconds }) => seconds);
  return {
    parameters: cost.parameters,
    trainedParameters: cost.trainedParameters,
    epochs: curve.length,
    secondsPerEpoch: curve.length > 0 ? quantiles(seconds(curve), [0.5])[0] : 0,
    pretrainingEpochs: cost.pretrainingCurve.length,
    pretrainingSeconds: seconds(cost.pretrainingCurve).reduce((sum, value) => sum + value, 0),
  };
}
