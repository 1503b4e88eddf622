import type { Domain } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Held } from "../../engine/held_array.ts";
import type { Engine } from "../../engine/program.ts";
import { ParameterError } from "../../errors.ts";
import type { Pretrained } from "../../files/pretrained_file.ts";
import type { JsonObject } from "../../json.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { checkTrainingOptions } from "../../training/check_options.ts";
import type { FitObserver, FitResult } from "../../training/fit.ts";
import { type DomainLoss, domainLosses } from "../../training/joined/domain_losses.ts";
import type { SourceDomain } from "../../training/joined/joined_domains.ts";
import { referenceSettings } from "../../training/reference_settings.ts";
import type { TrainingRun } from "../../training/run_identity.ts";
import { type RunOptions, runTraining } from "../../training/run_training.ts";
import type { SystemSizes } from "../system.ts";

/** How a model is pre-trained; the defaults are the authors'. */
export interface PretrainingOptions {
  /** Adam's step size. */
  learningRate?: number;
  /** Instances per step; the more, the more negatives each has. */
  batchSize?: number;
  /** The most epochs. */
  epochs?: number;
  /** Epochs without a better result, by the system's own measure, after which pre-training ends. */
  patience?: number;
  /** Where all random numbers begin. */
  seed?: number;
  /** Weights of the system's own tasks that differ from its defaults, by name. */
  tasks?: Readonly<Record<string, number | string>>;
  /** The folder of runs, where each keeps its checkpoint and log so that it goes on when interrupted; null for none. */
  runs?: string | null;
  /** How often a checkpoint is kept beside those after each epoch. */
  checkpointMinutes?: number;
  /** Is told how it goes. */
  observer?: FitObserver;
}

/** Tells after each epoch how good the parameters are: the larger, the better. */
export interface PretrainingValidation {
  /** Returns how good the parameters are. */
  validate(parameters: Held): Promise<number>;
  /** Frees what it holds. */
  release(): Promise<void>;
}

/** A pre-training that is settled but not yet done. */
export interface Pretraining {
  /** What is trained. */
  run: TrainingRun;
  /** How, for how long, and where that is kept. */
  options: RunOptions;
  /** Makes ready to measure what is learnt; null where there is nothing to measure but the training loss. */
  createValidation: ((engine: Engine) => Promise<PretrainingValidation>) | null;
  /** Makes of the trained parameters what fine-tuning starts from. */
  finish(result: FitResult): Pretrained;
}

/** Settles how a system is pre-trained for a target: the one signature that all systems' pre-trainings have. */
export type PlanPretraining = (
  sources: readonly SourceDomain[],
  sizes: SystemSizes,
  options?: PretrainingOptions,
  /** What is trained on afterwards; for systems that are pre-trained on that, too. */
  target?: Domain,
) => Pretraining;

/** A pre-trained model and how it came to be. */
export interface PretrainingResult extends FitResult {
  /** Its parameters with the model card: to be saved, or fine-tuned from. */
  pretrained: Pretrained;
}

/**
 * Completes options of pre-training with the authors' settings, and a checkpoint every ten minutes.
 *
 * @throws {ParameterError} if one cannot be used
 */
export function completeOptions(
  { tasks: _, ...options }: PretrainingOptions,
  defaults: PretrainingOptions = {},
): RunOptions {
  const settings = { ...referenceSettings, runs: null, checkpointMinutes: 10, ...defaults, ...options };
  checkTrainingOptions(settings, "pre-training");
  return settings;
}

/**
 * Completes the weights of tasks with a system's defaults.
 *
 * @throws {ParameterError} if one is of a task that the system does not have
 */
export function completeTasks<Tasks extends object>(
  defaults: Tasks,
  given: PretrainingOptions["tasks"] = {},
): Tasks {
  const unknown = Object.keys(given).find((name) => !(name in defaults));
  if (unknown === undefined) return { ...defaults, ...given };
  throw new ParameterError({
    where: "tasks",
    expected: `weights of ${Object.keys(defaults).join(", ")}`,
    found: unknown,
    advice: "Leave out what the system does not have.",
  });
}

/**
 * Returns the domain that a system is pre-trained on beside its sources.
 *
 * @param name the system's
 * @throws {ParameterError} if there is none
 */
export function needTarget(name: string, target: Domain | undefined): Domain {
  if (target) return target;
  throw new ParameterError({
    where: "target",
    expected: `the domain that ${name} will be trained on, as it is pre-trained on that, too`,
    found: "none",
    advice: "Pass it as an option: { target }.",
  });
}

/**
 * Does a pre-training: the parameters of the epoch that validates best are kept.
 *
 * @throws {EngineError} if a loss or metric is not finite; the last checkpoint stays
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function runPretraining(
  engine: Engine,
  { run, options, createValidation, finish }: Pretraining,
): Promise<PretrainingResult> {
  const validation = await createValidation?.(engine) ?? null;
  try {
    const result = await runTraining(engine, { ...run, validate: validation?.validate ?? null }, options);
    return { ...result, pretrained: finish(result) };
  } finally {
    await validation?.release();
  }
}

/** Returns each epoch's losses by task and domain, of a pre-training on sources. */
export function pretrainingLosses({ curve, pretrained }: PretrainingResult): DomainLoss[][] {
  const instances = Object.fromEntries(
    pretrained.card!.domains.map(({ name, instances }) => [name as string, instances as number]),
  );
  return curve.map(({ parts }) => domainLosses(parts, instances));
}

/** Returns what a model card says of the best epoch. */
export function describeBest({ best, curve }: FitResult, metric: string): JsonObject {
  return { epochs: curve.length, bestEpoch: best.epoch, [metric]: best.metric };
}

/** Returns a model's parameters with their shapes, as they are saved. */
export function tensorsOf(
  model: Pick<SequenceModel, "parameters">,
  parameters: Arrays,
): Pretrained["tensors"] {
  return Object.fromEntries(
    Object.entries(model.parameters).map(([name, { shape }]) => [
      name,
      { shape: [...shape], values: parameters[name] },
    ]),
  );
}
