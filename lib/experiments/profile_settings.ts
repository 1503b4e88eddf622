import { checkPositiveInteger } from "../checks.ts";
import { checkAdaptorConfig, checkEncoderConfig } from "../nn/check_config.ts";
import { type AdaptorConfig, defaultAdaptorConfig } from "../nn/moe_adaptor.ts";
import { defaultEncoderConfig, type EncoderConfig } from "../nn/transformer_encoder.ts";
import { findSystem } from "../systems/registry.ts";
import type { System } from "../systems/system.ts";
import { checkSeeds, checkTrainingOptions } from "../training/check_options.ts";
import { type Negatives, type NegativesChoice, settleNegatives } from "../training/negatives.ts";
import { referenceSettings } from "../training/reference_settings.ts";

/** Settings by the names that the notebooks' parameters have. */
export interface NotebookSettings {
  /** d. */
  hiddenSize: number;
  /** Those that are compared. */
  hiddenSizes: number[];
  /** The last items of a history that are read. */
  maxLength: number;
  dropout: number;
  /** k of Whitening-k. */
  whiteningSize: number;
  seeds: number[];
  /** Of training on the target. */
  learningRate: number;
  /** Those that are compared. */
  learningRates: number[];
  /** Next-item predictions per step of training on the target. */
  batchSize: number;
  /** The most epochs of training on the target. */
  epochs: number;
  /** Epochs without a better result on the validation items, after which training on the target ends. */
  patience: number;
  pretrainingLearningRate: number;
  /** Instances per step of pre-training. */
  pretrainingBatchSize: number;
  pretrainingEpochs: number;
  pretrainingPatience: number;
  /** The folder that keeps runs, seen from the notebooks; null keeps none. */
  runs: string | null;
}

/** Sizes of the encoder that are the reference's on every profile. */
type EncoderShape = Pick<EncoderConfig, "layers" | "heads" | "innerSize">;

/** What is turned in a notebook: what is null or left out takes what suits the profile. */
export type TurnedSettings =
  & { [name in keyof NotebookSettings]?: NotebookSettings[name] | null | undefined }
  & Partial<Pick<AdaptorConfig, "experts" | "whitening"> & { temperature: number }>
  & { [name in keyof EncoderShape]?: EncoderShape[name] | null }
  & {
    /** The most epochs of pre-training of systems that have a limit of their own, by name. */
    pretrainingEpochsOf?: Readonly<Record<string, number>>;
    /** Which items the next one is told from in training on the target; all if null. */
    negatives?: NegativesChoice;
  };

/** The paper's settings, where a CPU allows them: pre-training is shorter, and 0.01 is left out of the search. */
const paper: NotebookSettings = {
  hiddenSize: 300,
  hiddenSizes: [300],
  maxLength: 50,
  dropout: 0.5,
  whiteningSize: 300,
  seeds: [1],
  learningRate: referenceSettings.learningRate,
  learningRates: [0.0003, 0.001, 0.003],
  batchSize: referenceSettings.batchSize,
  epochs: referenceSettings.epochs,
  patience: referenceSettings.patience,
  pretrainingLearningRate: referenceSettings.learningRate,
  pretrainingBatchSize: referenceSettings.batchSize,
  pretrainingEpochs: 30,
  pretrainingPatience: 4,
  runs: "../runs",
};

/** What trains within seconds on the sample, each system until it gets no better. */
const small: NotebookSettings = {
  ...paper,
  hiddenSize: 32,
  hiddenSizes: [32],
  maxLength: 20,
  dropout: 0.3,
  whiteningSize: 128,
  seeds: [1, 2, 3, 4, 5],
  learningRates: [0.001],
  batchSize: 128,
  epochs: 100,
  patience: 8,
  pretrainingLearningRate: 0.003,
  pretrainingBatchSize: 512,
  pretrainingEpochs: 5,
  pretrainingPatience: 3,
};

/** Trainings of a few seconds each, on several seeds, are not kept, and patience is shorter. */
const many = { patience: 4, pretrainingEpochs: 4, runs: null };

/** What each study takes on the sample beside that. Where nothing differs, one takes what another has trained. */
const ofStudies = {
  "fine-tuning": {},
  "pre-training": {},
  comparison: {},
  "pre-training domains": many,
  ablations: many,
  "own data": {},
} satisfies Record<string, Partial<NotebookSettings>>;

/** What settings are wanted for: each study has its own on the sample. */
export type Study = keyof typeof ofStudies;

/** The settings of a study, grouped as trainings take them. */
export interface StudySettings {
  sizes:
    & Pick<NotebookSettings, "hiddenSize" | "maxLength" | "dropout">
    & Partial<AdaptorConfig & EncoderShape & { temperature: number }>;
  training: Pick<NotebookSettings, "learningRate" | "batchSize" | "epochs" | "patience"> & {
    negatives?: Negatives;
  };
  pretraining: Omit<StudySettings["training"], "negatives">;
  pretrainingEpochsOf: Readonly<Record<string, number>>;
  learningRates: number[];
  hiddenSizes: number[];
  whiteningSize: number;
  seeds: number[];
  runs: string | null;
}

/**
 * Settles what a study trains with: what is turned, and for the rest what suits the profile, small sizes on `sample` and
 * the paper's elsewhere.
 *
 * Nothing that a training would refuse in its turn, after hours of others, gets that far.
 *
 * @param profile its name
 * @param ownSystems beside those of the registry
 * @throws {ParameterError} that names the parameter, if a setting cannot be used
 * @example
 * ```ts
 * import { profileSettings } from "./profile_settings.ts";
 * import assert from "node:assert/strict";
 *
 * const { sizes, training } = profileSettings("Scientific", "comparison", { hiddenSize: 64, dropout: null });
 * assert.deepEqual(sizes, { hiddenSize: 64, maxLength: 50, dropout: 0.5 });
 * assert.equal(training.epochs, 300);
 * ```
 */
export function profileSettings(
  profile: string,
  study: Study,
  turned: TurnedSettings = {},
  ownSystems: readonly System[] = [],
): StudySettings {
  const { experts, whitening, temperature, layers, heads, innerSize, ...others } = turned;
  const { pretrainingEpochsOf = {}, negatives: choice = null, ...open } = others;
  const suits = profile === "sample" ? { ...small, ...ofStudies[study] } : paper;
  const isGiven = ([name, value]: [string, unknown]) =>
    value !== undefined && (value !== null || name === "runs"); // which may be none
  const given = Object.fromEntries(Object.entries(open).filter(isGiven));
  const settings: NotebookSettings = structuredClone({ ...suits, ...given });
  const sizes: StudySettings["sizes"] = {
    hiddenSize: settings.hiddenSize,
    maxLength: settings.maxLength,
    dropout: settings.dropout,
    // what is the reference's is left out, so that a run has one name whether it was said or not
    ...withoutOpen({ experts, whitening, temperature, layers, heads, innerSize }),
  };
  const negatives = settleNegatives(choice);
  const training = {
    learningRate: settings.learningRate,
    batchSize: settings.batchSize,
    epochs: settings.epochs,
    patience: settings.patience,
    ...(negatives === null ? {} : { negatives }),
  };
  const pretraining = {
    learningRate: settings.pretrainingLearningRate,
    batchSize: settings.pretrainingBatchSize,
    epochs: settings.pretrainingEpochs,
    patience: settings.pretrainingPatience,
  };
  checkEncoderConfig(1, { ...defaultEncoderConfig, ...sizes });
  checkAdaptorConfig({ ...defaultAdaptorConfig, ...sizes });
  checkTrainingOptions(training);
  checkTrainingOptions(pretraining, "pre-training");
  checkPositiveInteger("whiteningSize", settings.whiteningSize, "Leave it open for what suits the profile.");
  checkSeeds(settings.seeds);
  for (const [name, epochs] of Object.entries(pretrainingEpochsOf)) {
    findSystem(name, "pretrainingEpochsOf", ownSystems);
    checkPositiveInteger(
      `pretrainingEpochsOf ${name}`,
      epochs,
      "Leave the system out for all others' limit.",
    );
  }
  const { learningRates, hiddenSizes, whiteningSize, seeds, runs } = settings;
  return {
    sizes,
    training,
    pretraining,
    pretrainingEpochsOf,
    learningRates,
    hiddenSizes,
    whiteningSize,
    seeds,
    runs,
  };
}

/** Returns what has a value. */
function withoutOpen<Values extends object>(
  values: Values,
): { [name in keyof Values]?: NonNullable<Values[name]> } {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given) as { [name in keyof Values]?: NonNullable<Values[name]> };
}
