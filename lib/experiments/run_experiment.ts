import { countOf } from "../count_of.ts";
import type { Domain } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { JsonObject } from "../json.ts";
import { countParameters } from "../nn/parameters.ts";
import { checkOneEncoder } from "../text/one_encoder.ts";
import { refuseZeroRows } from "../text/zero_rows.ts";
import type { EpochRecord, FitObserver } from "../training/fit.ts";
import type { SourceDomain } from "../training/joined/joined_domains.ts";
import { nextItemObjective } from "../training/next_item_objective.ts";
import { trainableNames } from "../training/step.ts";
import { quantiles } from "../evaluation/quantiles.ts";
import { fingerprint, runConfig, runName } from "../training/run_config.ts";
import { findSystem } from "../systems/registry.ts";
import type { System, SystemPretraining, SystemSettings } from "../systems/system.ts";
import { trainAndEvaluate } from "../systems/train_and_evaluate.ts";
import type { Experiment } from "./grid.ts";
import { type Cost, type ExperimentResult, loadResult, saveResult } from "./result_file.ts";

/** What all experiments of a comparison have in common. */
export interface ExperimentSettings {
  /** Sizes beside the hidden size. */
  config: Omit<SystemSettings, "hiddenSize">;
  training: { batchSize: number; epochs: number; patience: number };
  /** What differs from each system's own way of pre-training. */
  pretraining: Omit<SystemPretraining, "seed" | "runs" | "observer">;
  /** The most epochs of pre-training of systems that have a limit of their own, by name. */
  pretrainingEpochsOf?: Readonly<Record<string, number>>;
  /** The folder of runs, where interrupted experiments go on and finished ones are looked up; null for none. */
  runs: string | null;
  /** Makes what is told of a training's progress, by its name. */
  observe?(name: string, training: { epochs: number; patience: number }): FitObserver;
}

/**
 * Does one experiment: pre-training if the system has one, training on the target, test; or looks up its result.
 *
 * @param sources what the systems that learn from other domains are pre-trained on
 * @throws {ParameterError} if there is no such system
 * @throws {DataError} if the system reads texts and the domains' features are of different text encoders, or an item's
 *   are all zero
 * @throws {CheckpointError} if what an earlier run left behind is damaged
 */
export async function runExperiment(
  engine: Engine,
  experiment: Experiment,
  target: Domain,
  sources: readonly SourceDomain[],
  settings: ExperimentSettings,
): Promise<ExperimentResult> {
  const { config, training, runs, observe } = settings;
  const system = findSystem(experiment.system);
  const epochs = settings.pretrainingEpochsOf?.[system.name];
  const pretraining = epochs === undefined ? settings.pretraining : { ...settings.pretraining, epochs };
  const { learningRate, hiddenSize, seed } = experiment;
  const sizes = { ...config, hiddenSize };
  const model = system.createModel(target, sizes);
  const read = sourcesOf(system, sources);
  checkTexts(system.name, target, sources);
  const frozen = system.pretrain ? system.frozen ?? [] : [];
  const setup: JsonObject = {
    ...runConfig(model, target, {
      learningRate,
      batchSize: training.batchSize,
      seed,
      instances: "sequence",
      frozen,
      start: {},
    }),
    epochs: training.epochs,
    patience: training.patience,
    pretraining: system.pretrain ? { ...pretraining, sources: read.map(describeSource) } : null,
    ...(system.constants ? { constants: system.constants } : {}),
    ...(system.readsWords ? { words: [...read, target].map(fingerprintOfTexts) } : {}),
    items: [...read, target].map(({ itemIds }) => itemIds.length),
    // pre-training can read texts where the model that is trained on the target has none
    ...(system.readsText && target.features ? { features: fingerprint(target.features.values) } : {}),
  };
  const path = runs === null ? null : `${runs}/experiments/${runName(setup)}.json`;
  const known = path === null ? null : await loadResult(path, setup);
  if (known) return known;

  let memory = 0;
  const watch = (name: string, limits: { epochs: number; patience: number }): FitObserver => {
    const observer = observe?.(name, limits);
    return {
      ...observer,
      async epoch(curve, stopping) {
        memory = Math.max(memory, Deno.memoryUsage().rss);
        await observer?.epoch?.(curve, stopping);
      },
    };
  };
  const label = `${system.name} on ${target.name}, ${hiddenSize}, ${learningRate}, seed ${seed}`;
  const before = system.pretrain
    ? await system.pretrain(engine, target, read, sizes, {
      ...pretraining,
      seed,
      runs,
      observer: watch(`Pre-training ${label}`, { epochs: 0, patience: 0, ...pretraining }),
    })
    : null;
  const { curve, best, valid, test } = await trainAndEvaluate(engine, model, target, {
    ...training,
    learningRate,
    seed,
    runs,
    frozen,
    start: before?.pretrained ?? null,
    objective: system.objective ?? nextItemObjective,
    observer: watch(label, training),
  });
  const trained = trainableNames(model.parameters, frozen).map((name) => [name, model.parameters[name]]);
  const result: ExperimentResult = {
    experiment,
    ranks: { valid: valid.ranks, test: test.ranks },
    bestEpoch: best.epoch,
    curve,
    cost: {
      parameters: countParameters(model.parameters),
      trainedParameters: countParameters(Object.fromEntries(trained)),
      ...timeOf(curve, before?.curve ?? []),
      engine: `${engine.name}, ${countOf(navigator.hardwareConcurrency, "processor")}`,
      memory,
    },
  };
  if (path !== null) await saveResult(path, setup, result);
  return result;
}

/**
 * Refuses text features with which a system cannot be trained; those of a system that reads none are passed over.
 *
 * @param name the system's
 * @throws {ParameterError} if there is no such system
 * @throws {DataError} if the domains' features are of different text encoders, or an item's are all zero
 */
export function checkTexts(name: string, target: Domain, sources: readonly SourceDomain[]): void {
  const system = findSystem(name);
  if (!system.readsText) return;
  const read = [...sourcesOf(system, sources), target];
  checkOneEncoder(read);
  read.forEach(refuseZeroRows);
}

function sourcesOf({ abilities }: System, sources: readonly SourceDomain[]): readonly SourceDomain[] {
  return abilities.sources === "none" ? [] : sources;
}

function describeSource({ name, sequences, features, wordDropped }: SourceDomain): JsonObject {
  const tables = [features, wordDropped].flatMap((table) => table ? [table.values] : []);
  return { name, data: fingerprint(sequences.offsets, sequences.items, ...tables) };
}

function fingerprintOfTexts({ itemTexts }: Pick<Domain, "itemTexts">): string {
  return fingerprint(new TextEncoder().encode(JSON.stringify(itemTexts)));
}

function timeOf(
  curve: readonly EpochRecord[],
  pretraining: readonly EpochRecord[],
): Omit<Cost, "parameters" | "trainedParameters" | "engine" | "memory"> {
  const [median] = quantiles(Float64Array.from(curve, ({ seconds }) => seconds), [0.5]);
  return {
    epochs: curve.length,
    secondsPerEpoch: median,
    pretrainingEpochs: pretraining.length,
    pretrainingSeconds: pretraining.reduce((sum, epoch) => sum + epoch.seconds, 0),
  };
}
