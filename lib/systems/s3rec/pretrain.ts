import { type Domain, userCount } from "../../data/domain.ts";
import type { Engine } from "../../engine/program.ts";
import { createS3Rec, createS3RecPretraining } from "./model.ts";
import { initialiseParameters } from "../../nn/parameters.ts";
import type { EncoderConfig } from "../../nn/transformer_encoder.ts";
import { createGenerator } from "../../random.ts";
import type { FitResult } from "../../training/fit.ts";
import { joinDomains } from "../../training/joined/joined_domains.ts";
import type { Pretrained } from "../../files/pretrained_file.ts";
import { maskedShare, s3RecObjective } from "./batches.ts";
import { attributePrior, s3RecTasks } from "./loss.ts";
import { featuresFor } from "../../evaluation/measured.ts";
import { pretrainingDefaults, type SourceTraining, tensorsOf } from "../pretraining/on_sources.ts";
import { checkTrainingOptions, pretrainingConfig } from "../../training/run_config.ts";
import { runTraining } from "../../training/run_training.ts";

/** The authors train three times as long, for nothing is measured that could tell when it is enough. */
const defaults = { ...pretrainingDefaults, epochs: 100 };

/**
 * Pre-trains S3-Rec on the target's own training sequences and item texts (its four self-supervised tasks).
 *
 * There is nothing to validate: the parameters of the epoch with the least training loss are kept, of which the result
 * holds those that the fine-tuned model has.
 *
 * @param config sizes that differ from the reference's
 * @param options `batchSize` counts training items
 * @throws {DataError} if the target has no text features that fit, or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrainS3Rec(
  engine: Engine,
  target: Domain,
  config: Partial<EncoderConfig> = {},
  options: SourceTraining = {},
): Promise<FitResult & { pretrained: Pretrained }> {
  const settings = { ...defaults, ...options };
  checkTrainingOptions(settings, "pre-training");
  const { learningRate, batchSize, seed } = settings;
  const joined = joinDomains([target]);
  const [features] = joined.features;
  const model = createS3Rec(target.itemIds.length, config);
  featuresFor({ ...model, featureSize: features.width }, target); // one row for each item
  const pretraining = createS3RecPretraining(model.items, features.width, config);
  const tasks = { ...s3RecTasks, maskedShare, attributePrior };
  const result = await runTraining(engine, {
    ...s3RecObjective(pretraining, { ...target, features }, batchSize, model.maxLength),
    parameters: pretraining.parameters,
    start: initialiseParameters(pretraining.parameters, createGenerator(seed)),
    validate: null,
    config: pretrainingConfig(model, joined, { ...settings, tasks }),
  }, settings);
  const { loss, parts, instances } = result.curve[result.best.epoch];
  const card = {
    model: model.config,
    encoder: features.encoder ?? null,
    domains: [{ name: target.name, users: userCount(target.sequences), items: model.items, instances }],
    training: { learningRate, batchSize, seed, tasks },
    result: { epochs: result.curve.length, bestEpoch: result.best.epoch, loss, parts },
  };
  return { ...result, pretrained: { card, tensors: tensorsOf(model, result.parameters) } };
}
