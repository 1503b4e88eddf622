import type { Domain } from "../../data/domain.ts";
import { ParameterError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import { findTags, type Tags } from "../../text/tags.ts";
import { joinSequencesOf } from "../../training/joined/joined_items.ts";
import {
  completeOptions,
  completeTasks,
  needTarget,
  type PlanPretraining,
} from "../pretraining/pretraining.ts";
import { planTargetPretraining } from "../pretraining/target_pretraining.ts";
import { type CcdrBatches, createCcdrBatches } from "./batches.ts";
import { ccdrLoss, type CcdrTasks, defaultCcdrTasks } from "./losses.ts";
import { createCcdr } from "./model.ts";
import { itemsPerTag } from "./tag_pairs.ts";

/**
 * Settles CCDR's pre-training on sources and target at once, for fine-tuning on the target.
 *
 * Tags connect the domains that have item texts. Where fewer than two have any, or they share no tags, the inter-domain
 * contrast is left out, and the model card's result says so. The parameters of the best epoch by the target's validation
 * items are kept, ranked among the target's items; patience is counted on them.
 *
 * @param sizes that differ from the reference's
 * @throws {DataError} if a domain has no training sequences
 * @throws {ParameterError} if a setting cannot be used
 */
export const planCcdr: PlanPretraining = (sources, sizes, given = {}, targetDomain) => {
  const options = completeOptions(given);
  const target = needTarget("CCDR", targetDomain);
  const domains: readonly Pick<Domain, "name" | "itemIds" | "itemTexts" | "sequences">[] = [
    ...sources,
    target,
  ];
  const joined = joinSequencesOf(domains);
  const tags = findTags(domains.map(({ itemTexts }) => itemTexts));
  const model = createCcdr(joined.firstItems.at(-1)!, sizes);
  const batches = createCcdrBatches(joined, tags, options.batchSize, model.maxLength);
  const wanted = completeTasks(defaultCcdrTasks, given.tasks);
  const tasks = batches.tags ? wanted : { ...wanted, interDomain: 0 };
  checkTasks(tasks);
  return planTargetPretraining(domains, joined, {
    ...batches,
    loss: ccdrLoss(model, tasks, { domains: domains.length, itemsPerTag }),
    parameters: model.parameters,
    targetModel: createCcdr(target.itemIds.length, sizes),
    tasks: { ...tasks },
    read: new TextEncoder().encode(JSON.stringify(tags)),
    describeDomain: (domain) => ({
      itemsWithTags: new Set(tags.items[domain].flatMap((items) => [...items])).size,
    }),
    result: { interDomain: describeTags(batches, tags, joined.names) },
  }, options);
};

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
