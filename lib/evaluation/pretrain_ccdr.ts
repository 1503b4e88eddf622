import { type Domain, userCount } from "../data/domain.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { Engine } from "../engine/program.ts";
import { ParameterError } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { createCcdr } from "../models/ccdr.ts";
import type { EncoderConfig } from "../nn/transformer_encoder.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { findTags, type Tags } from "../text/tags.ts";
import { type CcdrBatches, createCcdrBatches } from "../training/ccdr_batches.ts";
import { ccdrLoss, type CcdrTasks, defaultCcdrTasks } from "../training/ccdr_losses.ts";
import type { FitResult } from "../training/fit.ts";
import { joinSequencesOf, rowsOfDomain } from "../training/joined_items.ts";
import type { Pretrained } from "../training/pretrained_file.ts";
import { itemsPerTag } from "../training/tag_pairs.ts";
import { createDomainValidation } from "./domain_validation.ts";
import { describeBest, pretrainingDefaults, type SourceTraining, tensorsOf } from "./pretrain_on_sources.ts";
import { checkTrainingOptions, fingerprint } from "./run_config.ts";
import { runTraining } from "./run_training.ts";

/** How CCDR is pre-trained; patience is counted on the target's validation items. */
export interface CcdrOptions extends SourceTraining {
  tasks?: Partial<CcdrTasks>;
}

/** What CCDR reads of a domain. */
export type CcdrDomain = Pick<Domain, "name" | "itemIds" | "itemTexts" | "sequences">;

/** CCDR pre-trained for a target, and how it came to be. */
export interface CcdrResult extends FitResult {
  /** The parameters of the model for the target's items, with the model card. */
  pretrained: Pretrained;
  /** Those of the model for the items of all domains, the target's last. */
  parameters: Arrays;
}

/**
 * Pre-trains CCDR on sources and target at once, for fine-tuning on the target.
 *
 * Tags connect the domains that have item texts. Where fewer than two have any, or they share no tags, the inter-domain
 * contrast is left out, and the model card's result says so. The parameters of the best epoch by the target's validation
 * items are kept, ranked among the target's items.
 *
 * @param config sizes that differ from the reference's
 * @throws {DataError} if a domain has no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrainCcdr(
  engine: Engine,
  target: CcdrDomain,
  sources: readonly CcdrDomain[],
  config: Partial<EncoderConfig>,
  options: CcdrOptions = {},
): Promise<CcdrResult> {
  const settings = { ...pretrainingDefaults, ...options };
  const wanted = { ...defaultCcdrTasks, ...options.tasks };
  checkTrainingOptions(settings, "pre-training");
  const domains = [...sources, target];
  const joined = joinSequencesOf(domains);
  const { names, firstItems, firstUsers, sequences } = joined;
  const tags = findTags(domains.map(({ itemTexts }) => itemTexts));
  const model = createCcdr(firstItems.at(-1)!, config);
  const batches = createCcdrBatches(joined, tags, settings.batchSize, model.maxLength);
  const tasks = batches.tags ? wanted : { ...wanted, interDomain: 0 };
  checkTasks(tasks);
  const targetModel = createCcdr(target.itemIds.length, config);
  const forTarget = (parameters: Arrays): Arrays => ({
    ...parameters,
    [itemEmbedding]: rowsOfDomain(parameters[itemEmbedding], joined, sources.length),
  });
  const { learningRate, batchSize, seed } = settings;
  const training = { learningRate, batchSize, seed, tasks: { ...tasks } };
  const validation = await createDomainValidation(engine, targetModel, target.sequences, null);
  try {
    const result = await runTraining(engine, {
      ...batches,
      loss: ccdrLoss(model, tasks, { domains: domains.length, itemsPerTag }),
      parameters: model.parameters,
      start: initialiseParameters(model.parameters, createGenerator(seed)),
      validate: (parameters) => validation.validate(forTarget(parameters)),
      config: {
        model: `pre-training of ${model.name}`,
        ...model.config,
        dataset: names.join("+"),
        data: fingerprint(
          sequences.offsets,
          sequences.items,
          new TextEncoder().encode(JSON.stringify(tags)),
        ),
        firstItems,
        firstUsers,
        ...training,
      },
    }, settings);
    const card = {
      model: targetModel.config,
      encoder: null,
      domains: domains.map((domain, i) => describeDomain(domain, batches, tags.items[i])),
      training,
      result: {
        ...describeBest(result, "NDCG@10"),
        losses: { ...result.curve[result.best.epoch]?.parts },
        interDomain: describeTags(batches, tags, names),
      },
    };
    const tensors = tensorsOf(targetModel, forTarget(result.parameters));
    return { ...result, pretrained: { card, tensors } };
  } finally {
    await validation.release();
  }
}

/** The parameter that is one of all domains in pre-training, and of the target in fine-tuning. */
const itemEmbedding = "items.embedding";

function describeDomain(
  { name, itemIds, sequences }: CcdrDomain,
  { instances }: CcdrBatches,
  itemsByTag: readonly Int32Array[],
): JsonObject {
  const tagged = new Set(itemsByTag.flatMap((items) => [...items]));
  return {
    name,
    users: userCount(sequences),
    items: itemIds.length,
    itemsWithTags: tagged.size,
    instances: instances[name],
  };
}

/** Returns what the model card says of the contrast between domains. */
function describeTags({ tags: pairs }: CcdrBatches, { words }: Tags, names: string[]): JsonObject {
  if (!pairs) return { tags: 0, domains: [], leftOut: "no two domains have item texts that share tags" };
  return { tags: words.length, domains: pairs.domains.map((pair) => pair.map((domain) => names[domain])) };
}

function checkTasks({ nextItem, intraDomain, interDomain, temperature }: CcdrTasks) {
  const weights = [nextItem, intraDomain, interDomain];
  // the contrast between domains is one of items' embeddings: alone it gives the encoder no gradient
  if (weights.every((weight) => weight >= 0) && nextItem + intraDomain > 0 && temperature > 0) return;
  throw new ParameterError({
    where: "tasks",
    expected: "weights of at least 0, nextItem or intraDomain above, and a positive temperature",
    found:
      `nextItem ${nextItem}, intraDomain ${intraDomain}, interDomain ${interDomain}, temperature ${temperature}`,
    advice: "Leave them out for the defaults; interDomain is 0 where no two domains share tags.",
  });
}
