import { type Domain, userCount } from "../../data/domain.ts";
import { arraysOf } from "../../data/split.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import { createDomainValidation } from "../../evaluation/domain_validation.ts";
import type { JsonObject } from "../../json.ts";
import type { ParameterSpecs } from "../../nn/parameters.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import { type JoinedItems, rowsOfDomain } from "../../training/joined/joined_items.ts";
import type { PretrainingObjective } from "../../training/objective.ts";
import type { RunOptions } from "../../training/run_training.ts";
import { describeBest, type Pretraining, tensorsOf } from "./pretraining.ts";

/** A network for the items of all domains, and what it is pre-trained to do. */
export interface TargetTask extends PretrainingObjective {
  /** The model for the target's items alone. */
  targetModel: SequenceModel;
  parameters: ParameterSpecs;
  /** The tasks and their weights. */
  tasks: JsonObject;
  /** What the objective reads beside the sequences, so that a run with other words is another run. */
  read?: ArrayBufferView;
  /** What the model card says of a domain, beside its sizes. */
  describeDomain?: (domain: number) => JsonObject;
  /** What the model card's result says, beside the best epoch and its losses. */
  result?: JsonObject;
}

/**
 * Settles the pre-training of a model of item IDs on sources and target at once, for fine-tuning on the target.
 *
 * The parameters of the best epoch by the target's validation items are kept, ranked among the target's items.
 *
 * @param domains the sources and, last, the target
 * @param joined the same domains
 */
export function planTargetPretraining(
  domains: readonly Pick<Domain, "name" | "itemIds" | "sequences">[],
  joined: JoinedItems,
  task: TargetTask,
  options: RunOptions,
): Pretraining {
  const { targetModel, parameters, tasks, read, describeDomain, result: described, instances, ...objective } =
    task;
  const { names, firstItems, firstUsers, sequences } = joined;
  const forTarget = (parameters: Arrays): Arrays => ({
    ...parameters,
    [itemEmbedding]: rowsOfDomain(parameters[itemEmbedding], joined, domains.length - 1),
  });
  return {
    run: {
      ...objective,
      name: `pre-training of ${targetModel.name}`,
      dataset: names.join("+"),
      settings: { ...targetModel.config, tasks, firstItems, firstUsers },
      data: [...arraysOf(sequences), ...(read ? [read] : [])],
      parameters,
    },
    options,
    async createValidation(engine) {
      const { validate, release } = await createDomainValidation(
        engine,
        targetModel,
        domains.at(-1)!.sequences,
        null,
      );
      return {
        release,
        async validate({ [itemEmbedding]: all, ...others }) {
          const embedding = await engine.read({ [itemEmbedding]: all });
          return await validate({ ...others, ...forTarget(embedding) });
        },
      };
    },
    finish(result) {
      const { learningRate, batchSize, seed } = options;
      const card = {
        model: targetModel.config,
        encoder: null,
        domains: domains.map(({ name, itemIds, sequences }, domain) => ({
          name,
          users: userCount(sequences),
          items: itemIds.length,
          instances: instances[name],
          ...describeDomain?.(domain),
        })),
        training: { learningRate, batchSize, seed, tasks },
        result: {
          ...describeBest(result, "NDCG@10"),
          losses: { ...result.curve[result.best.epoch]?.parts },
          ...described,
        },
      };
      return { card, tensors: tensorsOf(targetModel, forTarget(result.parameters)) };
    },
  };
}

/** The parameter that is one of all domains in pre-training, and of the target in fine-tuning. */
const itemEmbedding = "items.embedding";
