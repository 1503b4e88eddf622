import type { Domain } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import { DataError } from "../errors.ts";
import type { SequenceModel } from "../models/model.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator, shuffle } from "../random.ts";
import { fit, type FitObserver, type FitResult } from "../training/fit.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "../training/next_item.ts";
import { packBatches, rowsFor } from "../training/packing.ts";
import { prefixSegments, sequenceSegments } from "../training/segments.ts";
import { type Pretrained, startingParameters } from "../training/pretrained_file.ts";
import { createTrainer, initialState } from "../training/trainer.ts";
import { featuresFor, measure, type Measured } from "./measured.ts";
import { evaluationBatches, rankUsers } from "./rank_users.ts";
import { checkTrainingOptions, runConfig, runName } from "./run_config.ts";
import { createScorer } from "./scorer.ts";
import { referenceSettings } from "../training/reference_settings.ts";

/** How a model is trained; the defaults are the paper's. */
export interface TrainingOptions {
  learningRate?: number;
  /** Next-item predictions per step. */
  batchSize?: number;
  /** The most epochs; early stopping usually ends sooner. */
  epochs?: number;
  /** Epochs without a better NDCG@10 on the validation items, after which training ends. */
  patience?: number;
  seed?: number;
  /** `sequence`: each sequence is encoded once for all its predictions; `prefix`: once for each, for checking. */
  instances?: "sequence" | "prefix";
  /** A pre-trained model to start from; what it does not have starts at random. */
  start?: Pretrained | null;
  /** Prefixes of the names of parameters that stay as they are, such as `frozenEncoder`. */
  frozen?: readonly string[];
  /** The folder of runs, where each keeps its checkpoint and log so that it goes on when interrupted; null for none. */
  runs?: string | null;
  observer?: FitObserver;
}

/** What the paper keeps of a pre-trained model: position embedding and encoder. Input norm, adaptor and IDs train. */
export const frozenEncoder: readonly string[] = ["encoder.", "positions."];

const defaults = {
  ...referenceSettings,
  instances: "sequence" as const,
  start: null,
  frozen: [] as readonly string[],
  runs: null,
};

/** A trained model and what it reached. */
export interface TrainedModel extends FitResult {
  model: SequenceModel;
  valid: Measured;
  test: Measured;
}

/**
 * Trains a model to predict the next item and measures it on the held-out items (Section 3.1.3 of the paper).
 *
 * The last item of each user tests, the one before validates; items are ranked among all items. Training stops early
 * on the validation items' NDCG@10, and the best parameters are tested.
 *
 * @throws {DataError} if the model reads text features and the domain has none that fit
 * @throws {ParameterError} if an option cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged, or the pre-trained model is not this one
 */
export async function trainAndEvaluate(
  engine: Engine,
  model: SequenceModel,
  domain: Domain,
  options: TrainingOptions = {},
): Promise<TrainedModel> {
  const settings = { ...defaults, ...options };
  checkTrainingOptions(settings);
  const { sequences } = domain;
  const features = featuresFor(model, domain);
  const featureArrays: Arrays = features ? { features } : {};

  const random = initialiseParameters(model.parameters, createGenerator(settings.seed));
  const start = settings.start ? startingParameters(settings.start, model, domain.features?.encoder) : {};

  const makeSegments = settings.instances === "prefix" ? prefixSegments : sequenceSegments;
  const segments = makeSegments(sequences, model.maxLength);
  if (segments.length === 0) {
    throw new DataError({
      where: `training sequences of ${domain.name}`,
      expected: "a user with at least two training items, beside the two held out",
      found: "none",
      advice: "Use a data set with longer sequences.",
    });
  }
  const shape = {
    rows: rowsFor(segments, settings.batchSize, model.maxLength),
    length: model.maxLength,
    capacity: settings.batchSize,
  };
  const { valid, test } = evaluationBatches(sequences, ["valid", "test"], model.maxLength);
  const scorer = await createScorer(engine, model, valid.shape);
  const trainer = await createTrainer(
    engine,
    {
      loss: nextItemLoss(model),
      parameters: model.parameters,
      frozen: settings.frozen,
      inputs: nextItemInputs(model, shape),
    },
    initialState(model.parameters, { ...random, ...start }, settings.frozen),
  );
  try {
    const config = runConfig(model, domain, { ...settings, start });
    const result = await fit(trainer, {
      ...settings,
      config,
      folder: settings.runs === null ? null : `${settings.runs}/${runName(config)}`,
      batches: (generator) =>
        packBatches(shuffle(generator, segments.slice()), sequences, shape)
          .map((batch) => ({
            arrays: () => ({ ...batchArrays(batch), ...featureArrays }),
            instances: batch.instances,
          })),
      async validate(parameters) {
        await scorer.setParameters(parameters, features);
        return measure(await rankUsers(scorer, valid, sequences)).means["NDCG@10"];
      },
    });
    await scorer.setParameters(result.parameters, features);
    return {
      ...result,
      model,
      valid: measure(await rankUsers(scorer, valid, sequences)),
      test: measure(await rankUsers(scorer, test, sequences)),
    };
  } finally {
    await trainer.release();
    await scorer.release();
  }
}
