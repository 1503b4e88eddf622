import { checkPositiveInteger } from "../checks.ts";
import { checkAdaptorConfig, checkEncoderConfig } from "../nn/check_config.ts";
import { defaultAdaptorConfig } from "../nn/moe_adaptor.ts";
import { defaultEncoderConfig } from "../nn/transformer_encoder.ts";
import { profileSettings } from "./profile_settings.ts";
import { checkTrainingOptions } from "../training/check_options.ts";
import { findSystem } from "../systems/registry.ts";
import type { ExperimentSettings } from "./run_experiment.ts";

/** What can be turned in a comparison; null takes what suits the profile. */
export interface ComparisonParameters {
  /** G, the experts of UniSRec's adaptor. */
  experts: number;
  dropout: number | null;
  /** Predictions per step of training on the target. */
  batchSize: number | null;
  /** The most epochs of training on the target. */
  epochs: number | null;
  /** Epochs without a better validation NDCG@10 after which training on the target ends. */
  patience: number | null;
  /** The learning rate of pre-training. */
  pretrainingLearningRate: number | null;
  /** Instances per step of pre-training. */
  pretrainingBatchSize: number | null;
  /** The most epochs of pre-training. */
  pretrainingEpochs: number | null;
  /** The same for systems that have a limit of their own, by name. */
  pretrainingEpochsOf: Readonly<Record<string, number>>;
  /** Epochs without a better result, by the system's own measure, after which pre-training ends. */
  pretrainingPatience: number | null;
}

/**
 * Returns the settings that all experiments of a comparison share: those of `profileSettings`, where not set.
 *
 * Nothing that a system's turn would refuse, after hours of others, gets that far.
 *
 * @param profile its name
 * @throws {ParameterError} if a setting cannot be used, or a limit is set for a system that there is not
 * @example
 * ```ts
 * import { comparisonSettings } from "./comparison_settings.ts";
 * import assert from "node:assert/strict";
 *
 * const open = { dropout: null, batchSize: null, epochs: null, patience: null };
 * const pretraining = {
 *   pretrainingLearningRate: null,
 *   pretrainingBatchSize: null,
 *   pretrainingEpochs: 23,
 *   pretrainingPatience: null,
 *   pretrainingEpochsOf: { CCDR: 8 },
 * };
 * const settings = comparisonSettings("Scientific", {
 *   experts: 8,
 *   ...open,
 *   ...pretraining,
 * });
 * assert.deepEqual([settings.sizes.dropout, settings.pretraining.epochs], [0.5, 23]);
 * ```
 */
export function comparisonSettings(
  profile: string,
  { experts, pretrainingEpochsOf, ...parameters }: ComparisonParameters,
): Omit<ExperimentSettings, "runs" | "observe"> {
  for (const name of Object.keys(pretrainingEpochsOf)) findSystem(name, "pretrainingEpochsOf");
  const { dropout, maxLength, training, pretraining } = profileSettings(profile);
  const settings = {
    sizes: { dropout: parameters.dropout ?? dropout, maxLength, experts },
    training: {
      batchSize: parameters.batchSize ?? training.batchSize,
      epochs: parameters.epochs ?? training.epochs,
      patience: parameters.patience ?? training.patience,
    },
    pretraining: {
      learningRate: parameters.pretrainingLearningRate ?? pretraining.learningRate,
      batchSize: parameters.pretrainingBatchSize ?? pretraining.batchSize,
      epochs: parameters.pretrainingEpochs ?? pretraining.epochs,
      patience: parameters.pretrainingPatience ?? pretraining.patience,
    },
    pretrainingEpochsOf,
  };
  checkEncoderConfig(1, { ...defaultEncoderConfig, ...settings.sizes });
  checkAdaptorConfig({ ...defaultAdaptorConfig, experts });
  checkTrainingOptions({ ...training, ...settings.training });
  checkTrainingOptions(settings.pretraining, "pre-training");
  for (const [name, epochs] of Object.entries(pretrainingEpochsOf)) {
    checkPositiveInteger(
      `pretrainingEpochsOf ${name}`,
      epochs,
      "Leave the system out for all others' limit.",
    );
  }
  return settings;
}
