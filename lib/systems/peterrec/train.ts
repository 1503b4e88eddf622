import { createDomainValidation } from "../../evaluation/domain_validation.ts";
import { measure, type Measured } from "../../evaluation/measured.ts";
import { evaluationBatches, rankUsers } from "../../evaluation/rank_users.ts";
import { createScorer } from "../../evaluation/scorer.ts";
import type { Sequences } from "../../data/domain.ts";
import type { Engine } from "../../engine/program.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { shuffle } from "../../random.ts";
import type { FitResult } from "../../training/fit.ts";
import { batchArrays, nextItemInputs, nextItemLoss } from "../../training/next_item.ts";
import { nextItemObjective } from "../../training/next_item_objective.ts";
import type { Objective } from "../../training/objective.ts";
import { packBatches, rowsFor } from "../../training/packing/packing.ts";
import { evaluationSegments } from "../../training/packing/segments.ts";
import { referenceSettings } from "../../training/reference_settings.ts";
import { checkTrainingOptions } from "../../training/check_options.ts";
import { type RunOptions, runTraining } from "../../training/run_training.ts";
import { createPeterRec, frozenNetwork } from "./model.ts";
import { createNextItNet, type NextItNetConfig } from "./network.ts";
import { type OverlappingDomain, sharedSequences, type SharedUser, sharedUsers } from "./shared_users.ts";

/** How a stage of PeterRec is trained; the defaults are the paper's. */
export type StageOptions = Partial<RunOptions>;

/** How PeterRec is trained on the target. */
export interface PeterRecOptions extends StageOptions {
  /** How it is pre-trained on the source; null starts the network at random, to see what pre-training is good for. */
  pretraining?: StageOptions | null;
  /** Prefixes of the names of parameters that stay as they start; none trains all, as the authors' FineAll does. */
  frozen?: readonly string[];
}

/** A trained PeterRec and what it reached on the target. */
export interface TrainedPeterRec extends FitResult {
  model: SequenceModel;
  /** The users who were trained and measured, in the order of the ranks. */
  users: SharedUser[];
  /** The source's network; null if there was no pre-training. */
  pretrained: FitResult | null;
  valid: Measured;
  test: Measured;
}

const stageDefaults = { ...referenceSettings, runs: null };

/**
 * Pre-trains PeterRec on a source, and trains its patches to predict what the users of both domains do in the target.
 *
 * In the source a network learns the next item of all users' sequences. It is then frozen and gets patches. In the target
 * each item of a shared user is predicted from all that the user did in the source, and from nothing that the user did in
 * the target: it is a way to recommend to those whom the target does not know yet. The last item of each shared user
 * tests, the one before validates; both are ranked among all items of the target.
 *
 * @param config sizes that differ from the defaults
 * @throws {DataError} if no user is in both domains, or the source has nothing to train on
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if a run's checkpoint is damaged
 */
export async function trainPeterRec(
  engine: Engine,
  source: OverlappingDomain,
  target: OverlappingDomain,
  config: Partial<NextItNetConfig> = {},
  { pretraining = {}, frozen = frozenNetwork, ...options }: PeterRecOptions = {},
): Promise<TrainedPeterRec> {
  const settings = { ...stageDefaults, ...options };
  checkTrainingOptions(settings);
  const users = sharedUsers(source, target);
  const sequences = sharedSequences(source, target, users);
  const model = createPeterRec(target.itemIds.length, source.itemIds.length, config);
  const pretrained = pretraining && await pretrainNextItNet(engine, source, config, pretraining);
  // in each of these sequences it is the last item that is to be predicted
  const batchesOf = (part: Sequences) => evaluationBatches(part, ["test"], model).test;
  const batches = { valid: batchesOf(sequences.valid), test: batchesOf(sequences.test) };
  const scorer = await createScorer(engine, model, null);
  const measurePart = async (part: "valid" | "test") =>
    measure(await rankUsers(scorer, batches[part], sequences[part]));
  try {
    const result = await runTraining(engine, {
      ...lastItemObjective(model, sequences.train, settings.batchSize),
      name: model.name,
      dataset: `${source.name}+${target.name}`,
      settings: { ...model.config, items: model.items },
      data: arraysOf(sequences.train, sequences.valid),
      parameters: model.parameters,
      pretrained: pretrained?.parameters,
      frozen,
      async validate(parameters) {
        await scorer.setParameters(parameters);
        return (await measurePart("valid")).means["NDCG@10"];
      },
    }, settings);
    await scorer.setParameters(result.parameters);
    return {
      ...result,
      model,
      users,
      pretrained,
      valid: await measurePart("valid"),
      test: await measurePart("test"),
    };
  } finally {
    await scorer.release();
  }
}

/** Trains the source's network to predict each next item; the epoch with the best validation NDCG@10 is kept. */
async function pretrainNextItNet(
  engine: Engine,
  source: OverlappingDomain,
  config: Partial<NextItNetConfig>,
  options: StageOptions,
): Promise<FitResult> {
  const settings = { ...stageDefaults, ...options };
  checkTrainingOptions(settings, "pre-training");
  const network = createNextItNet(source.itemIds.length, config);
  const objective = nextItemObjective(network, { ...source, features: null }, {
    batchSize: settings.batchSize,
    instances: "sequence",
  });
  const validation = await createDomainValidation(engine, network, source.sequences, null);
  try {
    return await runTraining(engine, {
      ...objective,
      name: network.name,
      dataset: source.name,
      settings: { ...network.config, items: network.items },
      data: arraysOf(source.sequences),
      parameters: network.parameters,
      validate: validation.validate,
    }, settings);
  } finally {
    await validation.release();
  }
}

/** Returns sequences as they lie in memory. */
function arraysOf(...sequences: Sequences[]): Int32Array[] {
  return sequences.flatMap(({ offsets, items }) => [offsets, items]);
}

/** Trains a model to predict the last item of every sequence from those before it. */
function lastItemObjective(model: SequenceModel, sequences: Sequences, batchSize: number): Objective {
  const length = model.maxLength;
  const segments = evaluationSegments(sequences, "test", length);
  const shape = { rows: rowsFor(segments, batchSize, length), length, capacity: batchSize };
  return {
    inputs: nextItemInputs(model, shape),
    loss: nextItemLoss(model),
    batches: (generator) =>
      packBatches(shuffle(generator, segments.slice()), sequences, shape).map((batch) => ({
        arrays: () => batchArrays(batch),
        instances: batch.instances,
      })),
  };
}
