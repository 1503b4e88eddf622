import { userCount } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Engine } from "../../engine/program.ts";
import type { JsonObject } from "../../json.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { initialiseParameters } from "../../nn/parameters.ts";
import { createGenerator } from "../../random.ts";
import { type DomainLoss, domainLosses } from "../../training/joined/domain_losses.ts";
import type { FitObserver, FitResult } from "../../training/fit.ts";
import {
  type FeaturedDomain,
  joinDomains,
  type JoinedDomains,
} from "../../training/joined/joined_domains.ts";
import type { PretrainingObjective } from "../../training/objective.ts";
import type { Pretrained } from "../../files/pretrained_file.ts";
import { referenceSettings } from "../../training/reference_settings.ts";
import { checkTrainingOptions, pretrainingConfig } from "../../training/run_config.ts";
import { runTraining } from "../../training/run_training.ts";
import { createSourceValidation } from "../../evaluation/source_validation.ts";

/** How a model is pre-trained; the defaults are the authors'. */
export interface SourceTraining {
  learningRate?: number;
  /** Instances per step; the more, the more negatives each has. */
  batchSize?: number;
  /** The most epochs. */
  epochs?: number;
  /** Epochs without a better NDCG@10 on the sources' validation items, after which training ends. */
  patience?: number;
  seed?: number;
  /** The folder of runs, where each keeps its checkpoint and log so that it goes on when interrupted; null for none. */
  runs?: string | null;
  /** How often a checkpoint is kept beside those after each epoch. */
  checkpointMinutes?: number;
  observer?: FitObserver;
}

/** What is used where an option of pre-training is left out. */
export const pretrainingDefaults = {
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

/** A model that reads text features, and what it is pre-trained to do. */
export interface SourceTask {
  /** Makes the model for so many items. */
  createModel(items: number, featureSize: number): SequenceModel;
  createObjective(model: SequenceModel, joined: JoinedDomains, batchSize: number): PretrainingObjective;
  /** The tasks and their weights, for the model card. */
  tasks: JsonObject;
}

/**
 * Pre-trains a model that reads text features on several domains at once.
 *
 * After every epoch the model is measured on the domains' validation items, without any fine-tuning; the parameters
 * of the best epoch are kept.
 *
 * @throws {DataError} if a domain has no features, features unlike the others', or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrainOnSources(
  engine: Engine,
  { createModel, createObjective, tasks }: SourceTask,
  domains: readonly FeaturedDomain[],
  options: SourceTraining,
): Promise<PretrainingResult> {
  const settings = { ...pretrainingDefaults, ...options };
  checkTrainingOptions(settings, "pre-training");
  const joined = joinDomains(domains);
  const modelFor = (items: number) => createModel(items, joined.featureSize);
  const model = modelFor(joined.firstItems.at(-1)!);
  const objective = createObjective(model, joined, settings.batchSize);
  const validation = await createSourceValidation(engine, modelFor, domains);
  try {
    const result = await runTraining(engine, {
      ...objective,
      parameters: model.parameters,
      start: initialiseParameters(model.parameters, createGenerator(settings.seed)),
      validate: validation.validate,
      config: pretrainingConfig(model, joined, { ...settings, tasks }),
    }, settings);
    const losses = result.curve.map(({ parts }) => domainLosses(parts, objective.instances));
    const { learningRate, batchSize, seed } = settings;
    const card = {
      model: model.config,
      encoder: joined.encoder ?? null,
      domains: domains.map(({ name, sequences, features }) => ({
        name,
        users: userCount(sequences),
        items: features!.rows,
        instances: objective.instances[name],
      })),
      training: { learningRate, batchSize, seed, tasks, wordDrop: joined.wordDropped !== null },
      result: {
        ...describeBest(result, "NDCG@10"),
        losses: (losses[result.best.epoch] ?? []).map((loss) => ({ ...loss })),
      },
    };
    return { ...result, losses, pretrained: { card, tensors: tensorsOf(model, result.parameters) } };
  } finally {
    await validation.release();
  }
}

/** Returns what a model card says of the best epoch. */
export function describeBest({ best, curve }: FitResult, metric: string): JsonObject {
  return { epochs: curve.length, bestEpoch: best.epoch, [metric]: best.metric };
}

/** Returns a model's parameters with their shapes, as they are saved. */
export function tensorsOf(model: SequenceModel, parameters: Arrays): Pretrained["tensors"] {
  return Object.fromEntries(
    Object.entries(model.parameters).map(([name, { shape }]) => [
      name,
      { shape: [...shape], values: parameters[name] },
    ]),
  );
}
