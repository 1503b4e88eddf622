import type { Domain } from "../../data/domain.ts";
import type { Engine } from "../../engine/program.ts";
import { ParameterError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import { createCcdr } from "./model.ts";
import type { EncoderConfig } from "../../nn/transformer_encoder.ts";
import { findTags, type Tags } from "../../text/tags.ts";
import { type CcdrBatches, createCcdrBatches } from "./batches.ts";
import { ccdrLoss, type CcdrTasks, defaultCcdrTasks } from "./losses.ts";
import { joinSequencesOf } from "../../training/joined/joined_items.ts";
import { itemsPerTag } from "./tag_pairs.ts";
import { pretrainingDefaults, type SourceTraining } from "../pretraining/on_sources.ts";
import { pretrainWithTarget, type TargetPretraining } from "../pretraining/with_target.ts";
import { checkTrainingOptions } from "../../training/run_config.ts";

/** How CCDR is pre-trained; patience is counted on the target's validation items. */
export interface CcdrOptions extends SourceTraining {
  tasks?: Partial<CcdrTasks>;
}

/** What CCDR reads of a domain. */
export type CcdrDomain = Pick<Domain, "name" | "itemIds" | "itemTexts" | "sequences">;

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
): Promise<TargetPretraining> {
  const settings = { ...pretrainingDefaults, ...options };
  checkTrainingOptions(settings, "pre-training");
  const domains = [...sources, target];
  const joined = joinSequencesOf(domains);
  const tags = findTags(domains.map(({ itemTexts }) => itemTexts));
  const model = createCcdr(joined.firstItems.at(-1)!, config);
  const batches = createCcdrBatches(joined, tags, settings.batchSize, model.maxLength);
  const wanted = { ...defaultCcdrTasks, ...options.tasks };
  const tasks = batches.tags ? wanted : { ...wanted, interDomain: 0 };
  checkTasks(tasks);
  return await pretrainWithTarget(engine, domains, joined, {
    ...batches,
    loss: ccdrLoss(model, tasks, { domains: domains.length, itemsPerTag }),
    parameters: model.parameters,
    targetModel: createCcdr(target.itemIds.length, config),
    tasks: { ...tasks },
    read: new TextEncoder().encode(JSON.stringify(tags)),
    describeDomain: (domain) => ({
      itemsWithTags: new Set(tags.items[domain].flatMap((items) => [...items])).size,
    }),
    result: { interDomain: describeTags(batches, tags, joined.names) },
  }, settings);
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
