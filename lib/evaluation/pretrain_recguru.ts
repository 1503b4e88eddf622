import { type Domain, userCount } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import { ParameterError } from "../errors.ts";
import { createRecGuru, createRecGuruNetwork } from "../models/recguru.ts";
import type { EncoderConfig } from "../nn/transformer_encoder.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import type { FitResult } from "../training/fit.ts";
import { joinSequencesOf, rowsOfDomain } from "../training/joined_items.ts";
import type { Pretrained } from "../training/pretrained_file.ts";
import { createRecGuruBatches } from "../training/recguru_batches.ts";
import { defaultRecGuruTasks, recguruLoss, type RecGuruTasks } from "../training/recguru_loss.ts";
import { createDomainValidation } from "./domain_validation.ts";
import { describeBest, pretrainingDefaults, type SourceTraining, tensorsOf } from "./pretrain_on_sources.ts";
import { checkTrainingOptions, fingerprint } from "./run_config.ts";
import { runTraining } from "./run_training.ts";

/** How RecGURU is pre-trained; patience is counted on the target's validation items. */
export interface RecGuruOptions extends SourceTraining {
  tasks?: Partial<RecGuruTasks>;
}

/** What RecGURU reads of a domain. */
export type RecGuruDomain = Pick<Domain, "name" | "itemIds" | "sequences">;

/** RecGURU pre-trained for a target, and how it came to be. */
export interface RecGuruResult extends FitResult {
  /** The parameters of the model for the target's items, with the model card. */
  pretrained: Pretrained;
  /** Those of the whole network for the items of all domains, the target's last. */
  parameters: Arrays;
}

/**
 * Pre-trains RecGURU on sources and target at once, for fine-tuning on the target.
 *
 * No user and no item need be in two domains. After every epoch the model is measured on the target's validation items;
 * the parameters of the best epoch are kept.
 *
 * @param config sizes that differ from the reference's
 * @throws {DataError} if a domain has no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrainRecGuru(
  engine: Engine,
  target: RecGuruDomain,
  sources: readonly RecGuruDomain[],
  config: Partial<EncoderConfig>,
  options: RecGuruOptions = {},
): Promise<RecGuruResult> {
  const settings = { ...pretrainingDefaults, ...options };
  const tasks = { ...defaultRecGuruTasks, ...options.tasks };
  checkTrainingOptions(settings, "pre-training");
  checkTasks(tasks);
  const domains = [...sources, target];
  const joined = joinSequencesOf(domains);
  const { names, firstItems, firstUsers, sequences } = joined;
  const network = createRecGuruNetwork(firstItems.at(-1)!, names.length, config);
  const targetModel = createRecGuru(target.itemIds.length, config);
  const batches = createRecGuruBatches(joined, settings.batchSize, targetModel.maxLength);
  const forTarget = (parameters: Arrays): Arrays => ({
    ...parameters,
    "items.embedding": rowsOfDomain(parameters["items.embedding"], joined, sources.length),
  });
  const { learningRate, batchSize, seed } = settings;
  const training = { learningRate, batchSize, seed, tasks: { ...tasks } };
  const validation = await createDomainValidation(engine, targetModel, target.sequences, null);
  try {
    const result = await runTraining(engine, {
      ...batches,
      loss: recguruLoss(network, tasks, names.length),
      parameters: network.parameters,
      start: initialiseParameters(network.parameters, createGenerator(seed)),
      validate: (parameters) => validation.validate(forTarget(parameters)),
      config: {
        model: `pre-training of ${targetModel.name}`,
        ...targetModel.config,
        dataset: names.join("+"),
        data: fingerprint(sequences.offsets, sequences.items),
        firstItems,
        firstUsers,
        ...training,
      },
    }, settings);
    const card = {
      model: targetModel.config,
      encoder: null,
      domains: domains.map(({ name, itemIds, sequences }) => ({
        name,
        users: userCount(sequences),
        items: itemIds.length,
        instances: batches.instances[name],
      })),
      training,
      result: {
        ...describeBest(result, "NDCG@10"),
        losses: { ...result.curve[result.best.epoch]?.parts },
      },
    };
    const tensors = tensorsOf(targetModel, forTarget(result.parameters));
    return { ...result, pretrained: { card, tensors } };
  } finally {
    await validation.release();
  }
}

function checkTasks({ nextItem, reconstruction, adversarial }: RecGuruTasks) {
  const weights = [nextItem, reconstruction, adversarial];
  if (weights.every((weight) => weight >= 0 && weight < Infinity) && nextItem + reconstruction > 0) return;
  throw new ParameterError({
    where: "tasks",
    expected: "weights of at least 0, and nextItem or reconstruction above",
    found: `nextItem ${nextItem}, reconstruction ${reconstruction}, adversarial ${adversarial}`,
    advice: "Leave them out for the defaults; adversarial 0 trains without the adversary.",
  });
}
