import { ParameterError } from "../../errors.ts";
import { joinSequencesOf } from "../../training/joined/joined_items.ts";
import {
  completeOptions,
  completeTasks,
  needTarget,
  type PlanPretraining,
} from "../pretraining/pretraining.ts";
import { planTargetPretraining } from "../pretraining/target_pretraining.ts";
import { createRecGuruBatches } from "./batches.ts";
import { defaultRecGuruTasks, recguruLoss, type RecGuruTasks } from "./loss.ts";
import { createRecGuru, createRecGuruNetwork } from "./model.ts";

/**
 * Settles RecGURU's pre-training on sources and target at once, for fine-tuning on the target.
 *
 * No user and no item need be in two domains. After every epoch the model is measured on the target's validation items;
 * the parameters of the best epoch are kept, and patience is counted on them.
 *
 * @param sizes that differ from the reference's
 * @throws {DataError} if a domain has no training sequences
 * @throws {ParameterError} if a setting cannot be used
 */
export const planRecGuru: PlanPretraining = (sources, sizes, given = {}, targetDomain) => {
  const options = completeOptions(given);
  const target = needTarget("RecGURU", targetDomain);
  const tasks = completeTasks(defaultRecGuruTasks, given.tasks);
  checkTasks(tasks);
  const domains = [...sources, target];
  const joined = joinSequencesOf(domains);
  const network = createRecGuruNetwork(joined.firstItems.at(-1)!, domains.length, sizes);
  const targetModel = createRecGuru(target.itemIds.length, sizes);
  return planTargetPretraining(domains, joined, {
    ...createRecGuruBatches(joined, options.batchSize, targetModel.maxLength),
    loss: recguruLoss(network, tasks, domains.length),
    parameters: network.parameters,
    targetModel,
    tasks: { ...tasks },
  }, options);
};

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
