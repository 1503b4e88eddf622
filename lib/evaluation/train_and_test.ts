import type { Domain } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import { DataError, ParameterError } from "../errors.ts";
import type { SequenceModel } from "../models/model.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator, shuffle } from "../random.ts";
import { fit, type FitObserver, type FitResult } from "../training/fit.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "../training/next_item.ts";
import { packBatches, rowsFor } from "../training/packing.ts";
import { prefixSegments, sequenceSegments } from "../training/segments.ts";
import { createTrainer, initialState } from "../training/trainer.ts";
import { meansOf, type MetricName, metricsPerUser } from "./metrics.ts";
import { evaluationBatches, rankUsers } from "./rank_users.ts";
import { runConfig, runName } from "./run_config.ts";
import { createScorer } from "./scorer.ts";

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
  /** Prefixes of the names of parameters that stay as they are. */
  frozen?: readonly string[];
  /** The folder of runs, where each keeps its checkpoint and log so that it goes on when interrupted; null for none. */
  runs?: string | null;
  observer?: FitObserver;
}

const defaults = {
  learningRate: 1e-3,
  batchSize: 2048,
  epochs: 300,
  patience: 10,
  seed: 2020,
  instances: "sequence" as const,
  frozen: [] as readonly string[],
  runs: null,
};

/** The K of the paper's tables. */
const cutoffs = [10, 50];

/** How well the held-out items are ranked. */
export interface Measured {
  /** 0-based rank of each user's item. `[users]` */
  ranks: Int32Array;
  /** Each metric for each user, for significance tests. */
  perUser: Record<MetricName, Float64Array>;
  means: Record<MetricName, number>;
}

/** A trained model and what it reached. */
export interface TrainedModel extends FitResult {
  model: SequenceModel;
  valid: Measured;
  test: Measured;
}

function measure(ranks: Int32Array): Measured {
  const perUser = metricsPerUser(ranks, cutoffs);
  return { ranks, perUser, means: meansOf(perUser) };
}

/** Returns the feature values a model reads, or null for one that reads none. */
function featuresFor(model: SequenceModel, { name, features }: Domain): Float32Array | null {
  if (model.featureSize === null) return null;
  if (features?.width === model.featureSize && features.rows === model.items) return features.values;
  throw new DataError({
    where: `text features of ${name}`,
    expected: `${model.items} rows of ${model.featureSize} numbers, as ${model.name} reads them`,
    found: features ? `${features.rows} rows of ${features.width}` : "none",
    advice: "Encode the item texts first, for example with withFeatures.",
  });
}

function requirePositive(where: string, value: number) {
  if (value > 0) return;
  throw new ParameterError({
    where,
    expected: "a positive number",
    found: String(value),
    advice: "Set it in the parameters cell, or leave it out for the paper's value.",
  });
}

/**
 * Trains a model to predict the next item and measures it on the held-out items (Section 3.1.3 of the paper).
 *
 * The last item of each user tests, the one before validates; items are ranked among all items. Training stops early
 * on the validation items' NDCG@10, and the best parameters are tested.
 *
 * @throws {DataError} if the model reads text features and the domain has none that fit
 * @throws {ParameterError} if an option cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function trainAndTest(
  engine: Engine,
  model: SequenceModel,
  domain: Domain,
  options: TrainingOptions = {},
): Promise<TrainedModel> {
  const settings = { ...defaults, ...options };
  for (const name of ["learningRate", "batchSize", "epochs", "patience"] as const) {
    requirePositive(name, settings[name]);
  }
  const { sequences } = domain;
  const features = featuresFor(model, domain);
  const featureArrays: Arrays = features ? { features } : {};

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
    initialState(
      model.parameters,
      initialiseParameters(model.parameters, createGenerator(settings.seed)),
      settings.frozen,
    ),
  );
  try {
    const config = runConfig(model, domain, settings);
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
