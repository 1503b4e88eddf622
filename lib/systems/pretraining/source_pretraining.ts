import { userCount } from "../../data/domain.ts";
import { arraysOf } from "../../data/split.ts";
import { createSourceValidation } from "../../evaluation/source_validation.ts";
import type { JsonObject } from "../../json.ts";
import type { SequenceModel } from "../../nn/sequence_model.ts";
import {
  type FeaturedDomain,
  joinDomains,
  type JoinedDomains,
} from "../../training/joined/joined_domains.ts";
import type { PretrainingObjective } from "../../training/objective.ts";
import {
  completeOptions,
  describeBest,
  type Pretraining,
  type PretrainingOptions,
  tensorsOf,
} from "./pretraining.ts";

/** A model that reads text features, and what it is pre-trained to do. */
export interface SourceTask {
  /** Makes the model for so many items. */
  createModel(items: number, featureSize: number): SequenceModel;
  createObjective(model: SequenceModel, joined: JoinedDomains, batchSize: number): PretrainingObjective;
  /** The tasks and their weights. */
  tasks: JsonObject;
}

/**
 * Settles the pre-training of a model that reads text features on several domains at once.
 *
 * After every epoch the model is measured on the domains' validation items, without any fine-tuning; the parameters
 * of the best epoch are kept.
 *
 * @throws {DataError} if a domain has no features, features unlike the others', or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 */
export function planSourcePretraining(
  { createModel, createObjective, tasks }: SourceTask,
  domains: readonly FeaturedDomain[],
  given: PretrainingOptions,
): Pretraining {
  const options = completeOptions(given);
  const joined = joinDomains(domains);
  const { names, sequences, features, wordDropped, featureSize } = joined;
  const modelFor = (items: number) => createModel(items, featureSize);
  const model = modelFor(joined.firstItems.at(-1)!);
  const { instances, ...objective } = createObjective(model, joined, options.batchSize);
  const tables = [...features, ...wordDropped ?? []].map(({ values }) => values);
  return {
    run: {
      ...objective,
      name: `pre-training of ${model.name}`,
      dataset: names.join("+"),
      settings: { ...model.config, tasks },
      data: [...arraysOf(sequences), ...tables],
      parameters: model.parameters,
    },
    options,
    createValidation: (engine) => createSourceValidation(engine, modelFor, domains),
    finish(result) {
      const { learningRate, batchSize, seed } = options;
      const card = {
        model: model.config,
        encoder: joined.encoder ?? null,
        domains: domains.map(({ name, sequences, features }) => ({
          name,
          users: userCount(sequences),
          items: features!.rows,
          instances: instances[name],
        })),
        training: { learningRate, batchSize, seed, tasks, wordDrop: wordDropped !== null },
        result: {
          ...describeBest(result, "NDCG@10"),
          losses: { ...result.curve[result.best.epoch]?.parts },
        },
      };
      return { card, tensors: tensorsOf(model, result.parameters) };
    },
  };
}
