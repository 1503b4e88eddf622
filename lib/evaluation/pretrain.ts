import { userCount } from "../data/domain.ts";
import type { Engine } from "../engine/program.ts";
import type { Arrays } from "../engine/array_spec.ts";
import { ParameterError } from "../errors.ts";
import type { SequenceModel } from "../models/model.ts";
import { createUniSRec, type UniSRecConfig } from "../models/unisrec.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { type DomainLoss, domainLosses } from "../training/domain_losses.ts";
import type { FitObserver, FitResult } from "../training/fit.ts";
import { joinDomains, type SourceDomain } from "../training/joined_domains.ts";
import type { Pretrained } from "../training/pretrained_file.ts";
import { createPretrainingBatches } from "../training/pretraining_batches.ts";
import { defaultTasks, pretrainingLoss, type PretrainingTasks } from "../training/pretraining_loss.ts";
import { checkTrainingOptions, pretrainingConfig } from "./run_config.ts";
import { runTraining } from "./run_training.ts";
import { createSourceValidation } from "./source_validation.ts";
import { referenceSettings } from "../training/reference_settings.ts";

/** How a model is pre-trained; the defaults are the paper's, with batches that fit a small machine. */
export interface PretrainingOptions {
  learningRate?: number;
  /** Instances per step; the more, the more negatives each has. */
  batchSize?: number;
  /** The most epochs. */
  epochs?: number;
  /** Epochs without a better NDCG@10 on the sources' validation items, after which training ends. */
  patience?: number;
  seed?: number;
  tasks?: Partial<PretrainingTasks>;
  /** The folder of runs, where each keeps its checkpoint and log so that it goes on when interrupted; null for none. */
  runs?: string | null;
  /** How often a checkpoint is kept beside those after each epoch. */
  checkpointMinutes?: number;
  observer?: FitObserver;
}

const defaults = {
  ...referenceSettings,
  runs: null,
  checkpointMinutes: 10,
};

/** A pre-trained model and how it came to be. */
export interface PretrainingResult extends FitResult {
  /** Its parameters with the model card: to be saved, or fine-tuned from. */
  pretrained: Pretrained;
  /** Each epoch's losses by task and domain. */
  losses: DomainLoss[][];
}

/**
 * Pre-trains UniSRec on several domains at once (Section 2.3 of the paper).
 *
 * After every epoch the model is measured on the domains' validation items, without any fine-tuning; the parameters
 * of the best epoch are kept.
 *
 * @param config settings of the model that differ from the reference's
 * @throws {DataError} if a domain has no features, features unlike the others', or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrain(
  engine: Engine,
  config: Omit<Partial<UniSRecConfig>, "setting" | "featureSize">,
  domains: readonly SourceDomain[],
  options: PretrainingOptions = {},
): Promise<PretrainingResult> {
  const settings = { ...defaults, ...options };
  const tasks = { ...defaultTasks, ...options.tasks };
  checkTrainingOptions(settings);
  checkTasks(tasks);
  const joined = joinDomains(domains);
  const modelConfig = { ...config, setting: "inductive" as const, featureSize: joined.featureSize };
  const model = createUniSRec(joined.firstItems.at(-1)!, modelConfig);
  const batches = createPretrainingBatches(joined, settings.batchSize, model.maxLength);
  const validation = await createSourceValidation(engine, modelConfig, domains);
  try {
    const result = await runTraining(engine, {
      ...batches,
      loss: pretrainingLoss(model, tasks, joined.names.length > 1 ? joined.names : []),
      parameters: model.parameters,
      start: initialiseParameters(model.parameters, createGenerator(settings.seed)),
      validate: validation.validate,
      config: pretrainingConfig(model, joined, { ...settings, tasks: { ...tasks } }),
    }, settings);
    const losses = result.curve.map(({ parts }) => domainLosses(parts, batches.instances));
    const { learningRate, batchSize, seed } = settings;
    const card = {
      model: model.config,
      encoder: joined.encoder ?? null,
      domains: domains.map(({ name, sequences, features }) => ({
        name,
        users: userCount(sequences),
        items: features!.rows,
        instances: batches.instances[name],
      })),
      training: { learningRate, batchSize, seed, tasks: { ...tasks }, wordDrop: joined.wordDropped !== null },
      result: describeBest(result, losses),
    };
    return { ...result, losses, pretrained: { card, tensors: tensorsOf(model, result.parameters) } };
  } finally {
    await validation.release();
  }
}

/** Returns what the model card says of the best epoch. */
function describeBest({ best, curve }: FitResult, losses: DomainLoss[][]) {
  const { epoch, metric } = best;
  return {
    epochs: curve.length,
    bestEpoch: epoch,
    "NDCG@10": metric,
    losses: (losses[epoch] ?? []).map((loss) => ({ ...loss })),
  };
}

function tensorsOf(model: SequenceModel, parameters: Arrays): Pretrained["tensors"] {
  return Object.fromEntries(
    Object.entries(model.parameters).map(([name, { shape }]) => [
      name,
      { shape: [...shape], values: parameters[name] },
    ]),
  );
}

function checkTasks({ sequenceItem, sequenceSequence }: PretrainingTasks) {
  if (sequenceItem >= 0 && sequenceSequence >= 0 && sequenceItem + sequenceSequence > 0) return;
  throw new ParameterError({
    where: "tasks",
    expected: "weights of at least 0, and one of them above",
    found: `sequenceItem ${sequenceItem}, sequenceSequence ${sequenceSequence}`,
    advice: "The paper uses 1 and 0.001.",
  });
}
