import { type Domain, userCount } from "../../data/domain.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import type { Engine } from "../../engine/program.ts";
import type { JsonObject } from "../../json.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { initialiseParameters, type ParameterSpecs } from "../../nn/parameters.ts";
import { createGenerator } from "../../random.ts";
import type { FitResult } from "../../training/fit.ts";
import { type JoinedItems, rowsOfDomain } from "../../training/joined/joined_items.ts";
import type { PretrainingObjective } from "../../training/objective.ts";
import type { Pretrained } from "../../files/pretrained_file.ts";
import { createDomainValidation } from "../../evaluation/domain_validation.ts";
import { describeBest, tensorsOf } from "./on_sources.ts";
import { fingerprint } from "../../training/run_config.ts";
import { runTraining, type TrainingLimits } from "../../training/run_training.ts";

/** A model of item IDs, pre-trained for a target, and how it came to be. */
export interface TargetPretraining extends FitResult {
  /** The parameters of the model for the target's items, with the model card. */
  pretrained: Pretrained;
  /** Those of the network for the items of all domains, the target's last. */
  parameters: Arrays;
}

/** A network for the items of all domains, and what it is pre-trained to do. */
export interface TargetTask extends PretrainingObjective {
  /** The model for the target's items alone. */
  targetModel: SequenceModel;
  parameters: ParameterSpecs;
  /** The tasks and their weights, for the model card. */
  tasks: JsonObject;
  /** What the objective reads beside the sequences, so that a run with other words is another run. */
  read?: ArrayBufferView;
  /** What the model card says of a domain, beside its sizes. */
  describeDomain?: (domain: number) => JsonObject;
  /** What the model card's result says, beside the best epoch and its losses. */
  result?: JsonObject;
}

/**
 * Pre-trains a model of item IDs on sources and target at once, for fine-tuning on the target.
 *
 * The parameters of the best epoch by the target's validation items are kept, ranked among the target's items.
 *
 * @param domains the sources and, last, the target
 * @param joined the same domains
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrainWithTarget(
  engine: Engine,
  domains: readonly Pick<Domain, "name" | "itemIds" | "sequences">[],
  joined: JoinedItems,
  { targetModel, parameters, tasks, read, describeDomain, result: described, ...objective }: TargetTask,
  settings: TrainingLimits & { batchSize: number },
): Promise<TargetPretraining> {
  const { names, firstItems, firstUsers, sequences } = joined;
  const forTarget = (parameters: Arrays): Arrays => ({
    ...parameters,
    [itemEmbedding]: rowsOfDomain(parameters[itemEmbedding], joined, domains.length - 1),
  });
  const { learningRate, batchSize, seed } = settings;
  const training = { learningRate, batchSize, seed, tasks };
  const target = domains.at(-1)!;
  const validation = await createDomainValidation(engine, targetModel, target.sequences, null);
  try {
    const result = await runTraining(engine, {
      ...objective,
      parameters,
      start: initialiseParameters(parameters, createGenerator(seed)),
      async validate({ [itemEmbedding]: all, ...others }) {
        return await validation.validate({
          ...others,
          ...forTarget(await engine.read({ [itemEmbedding]: all })),
        });
      },
      config: {
        model: `pre-training of ${targetModel.name}`,
        ...targetModel.config,
        dataset: names.join("+"),
        data: fingerprint(sequences.offsets, sequences.items, ...(read ? [read] : [])),
        firstItems,
        firstUsers,
        ...training,
      },
    }, settings);
    const card = {
      model: targetModel.config,
      encoder: null,
      domains: domains.map(({ name, itemIds, sequences }, domain) => ({
        name,
        users: userCount(sequences),
        items: itemIds.length,
        instances: objective.instances[name],
        ...describeDomain?.(domain),
      })),
      training,
      result: {
        ...describeBest(result, "NDCG@10"),
        losses: { ...result.curve[result.best.epoch]?.parts },
        ...described,
      },
    };
    return { ...result, pretrained: { card, tensors: tensorsOf(targetModel, forTarget(result.parameters)) } };
  } finally {
    await validation.release();
  }
}

/** The parameter that is one of all domains in pre-training, and of the target in fine-tuning. */
const itemEmbedding = "items.embedding";
