import type { Domain } from "../../data/domain.ts";
import { arraysOf } from "../../data/split.ts";
import type { Engine } from "../../engine/program.ts";
import { featuresFor, measure, type Measured } from "../../evaluation/measured.ts";
import { meanMetric, type MetricName, parseMetric, usualMetric } from "../../evaluation/metrics.ts";
import { evaluationBatches, rankUsers } from "../../evaluation/rank_users.ts";
import { createScorer } from "../../evaluation/scorer.ts";
import { ParameterError } from "../../errors.ts";
import { type Pretrained, startingParameters } from "../../files/pretrained_file.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { checkTrainingOptions } from "../../training/check_options.ts";
import type { FitObserver, FitResult } from "../../training/fit.ts";
import { type Negatives, type NegativesChoice, settleNegatives } from "../../training/negatives.ts";
import { nextItemObjective } from "../../training/next_item_objective.ts";
import type { CreateObjective } from "../../training/objective.ts";
import { referenceSettings } from "../../training/reference_settings.ts";
import type { TrainingRun } from "../../training/run_identity.ts";
import { runTraining } from "../../training/run_training.ts";

/** How a model is trained; the defaults are the paper's. */
export interface ModelTraining {
  learningRate?: number;
  /** Next-item predictions per step. */
  batchSize?: number;
  /** The most epochs; early stopping usually ends sooner. */
  epochs?: number;
  /** Epochs without a better metric of the validation items, after which training ends. */
  patience?: number;
  /** That metric, by which the epoch is chosen, too; NDCG@10 if left out. */
  metric?: MetricName;
  seed?: number;
  /** `sequence`: each sequence is encoded once for all its predictions; `prefix`: once for each, for checking. */
  instances?: "sequence" | "prefix";
  /** Which items the next one is told from; all of them, the exact loss, if null or left out. */
  negatives?: NegativesChoice;
  /** What the model is trained to do; to predict each next item if left out. */
  objective?: CreateObjective;
  /** A pre-trained model to start from; what it does not have starts at random. */
  start?: Pretrained | null;
  /** Prefixes of the names of parameters that stay as they are, such as `frozenEncoder`. */
  frozen?: readonly string[];
  /** The folder of runs, where each keeps its checkpoint and log so that it goes on when interrupted; null for none. */
  runs?: string | null;
  observer?: FitObserver;
}

const defaults = {
  ...referenceSettings,
  instances: "sequence" as const,
  negatives: null,
  objective: nextItemObjective,
  metric: usualMetric,
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

/** A training of a model on a domain that is settled but not yet done. */
export interface ModelPlan {
  run: TrainingRun;
  options: Required<Omit<ModelTraining, "observer" | "negatives">> & Pick<ModelTraining, "observer"> & {
    negatives: Negatives | null;
  };
}

/**
 * Settles how a model is trained on a domain.
 *
 * @param name what people call it
 * @throws {DataError} if the model reads text features and the domain has none that fit
 * @throws {ParameterError} if an option cannot be used
 * @throws {CheckpointError} if the pre-trained model is not this one
 */
export function planModel(
  model: SequenceModel,
  domain: Domain,
  training: ModelTraining,
  name = model.name,
): ModelPlan {
  const options = { ...defaults, ...training };
  checkTrainingOptions(options);
  const { start, frozen, instances, metric } = options;
  const negatives = settleNegatives(options.negatives);
  parseMetric(metric);
  featuresFor(model, domain);
  const objective = options.objective(model, domain, { ...options, negatives });
  if (negatives && objective.known === undefined) throw drawsNone(name);
  return {
    run: {
      ...objective,
      name,
      dataset: domain.name,
      settings: {
        ...model.config,
        items: model.items,
        instances,
        // the usual ones are not said: so older runs keep their names
        ...(metric === usualMetric ? {} : { metric }),
        ...(negatives === null ? {} : { negatives }),
      },
      data: arraysOf(domain.sequences),
      parameters: model.parameters,
      pretrained: start ? startingParameters(start, model, domain.features?.encoder) : undefined,
      frozen,
    },
    options: { ...options, negatives },
  };
}

/** The error of an objective that takes all items whatever is set. */
function drawsNone(name: string): ParameterError {
  return new ParameterError({
    where: "negatives",
    expected: `null for ${name}, whose objective tells the next item from all items`,
    found: "a way to draw them",
    advice: "Leave them out, or hand the objective's settings on to nextItemObjective.",
  });
}

/**
 * Trains a model to predict the next item and measures it on the held-out items (Section 3.1.3 of the paper).
 *
 * The domain's split says which they are (see `Part`); items are ranked among all items. Training stops early
 * on the validation items' metric, and the best parameters are tested.
 *
 * @param name what people call it
 * @throws {DataError} if the model reads text features and the domain has none that fit
 * @throws {ParameterError} if an option cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged, or the pre-trained model is not this one
 */
export async function trainModel(
  engine: Engine,
  model: SequenceModel,
  domain: Domain,
  training: ModelTraining = {},
  name = model.name,
): Promise<TrainedModel> {
  const { run, options } = planModel(model, domain, training, name);
  const { sequences } = domain;
  const { valid, test } = evaluationBatches(sequences, ["valid", "test"], model);
  const scorer = await createScorer(engine, model, featuresFor(model, domain));
  try {
    const result = await runTraining(engine, {
      ...run,
      async validate(parameters) {
        await scorer.setParameters(parameters);
        return meanMetric(await rankUsers(scorer, valid, sequences), options.metric);
      },
    }, options);
    await scorer.setParameters(result.parameters);
    return {
      ...result,
      model,
      valid: measure(await rankUsers(scorer, valid, sequences)),
      test: measure(await rankUsers(scorer, test, sequences)),
    };
  } finally {
    await scorer.release();
  }
}
