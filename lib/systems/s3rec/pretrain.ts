import { userCount } from "../../data/domain.ts";
import { arraysOf } from "../../data/split.ts";
import { featuresFor } from "../../evaluation/measured.ts";
import { joinDomains } from "../../training/joined/joined_domains.ts";
import { completeOptions, needTarget, type PlanPretraining, tensorsOf } from "../pretraining/pretraining.ts";
import { maskedShare, s3RecObjective } from "./batches.ts";
import { attributePrior, s3RecTasks } from "./loss.ts";
import { createS3Rec, createS3RecPretraining } from "./model.ts";

/** The authors train three times as long, for nothing is measured that could tell when it is enough. */
const defaults = { epochs: 100 };

/**
 * Settles S3-Rec's pre-training on the target's own training sequences and item texts (its four self-supervised tasks).
 *
 * There is nothing to validate: the parameters of the epoch with the least training loss are kept, of which the result
 * holds those that the fine-tuned model has.
 *
 * @param sizes that differ from the reference's
 * @param options `batchSize` counts training items
 * @throws {DataError} if the target has no text features that fit, or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 */
export const planS3Rec: PlanPretraining = (_sources, sizes, given = {}, targetDomain) => {
  const options = completeOptions(given, defaults);
  const target = needTarget("S3-Rec", targetDomain);
  const joined = joinDomains([target]);
  const { sequences, features: [features] } = joined;
  const model = createS3Rec(target.itemIds.length, sizes);
  featuresFor({ ...model, featureSize: features.width }, target); // one row for each item
  const pretraining = createS3RecPretraining(model.items, features.width, sizes);
  const tasks = { ...s3RecTasks, maskedShare, attributePrior };
  return {
    run: {
      ...s3RecObjective(pretraining, { ...target, features }, options.batchSize, model.maxLength),
      name: `pre-training of ${model.name}`,
      dataset: target.name,
      settings: { ...model.config, tasks },
      data: [...arraysOf(sequences), features.values],
      parameters: pretraining.parameters,
    },
    options,
    createValidation: null,
    finish({ curve, best, parameters }) {
      const { loss, parts, instances } = curve[best.epoch];
      const { learningRate, batchSize, seed } = options;
      const card = {
        model: model.config,
        encoder: features.encoder ?? null,
        domains: [{ name: target.name, users: userCount(sequences), items: model.items, instances }],
        training: { learningRate, batchSize, seed, tasks },
        result: { epochs: curve.length, bestEpoch: best.epoch, loss, parts },
      };
      return { card, tensors: tensorsOf(model, parameters) };
    },
  };
};
