import type { Domain } from "../../data/domain.ts";
import type { Engine } from "../../engine/program.ts";
import { ParameterError } from "../../errors.ts";
import { createRecGuru, createRecGuruNetwork } from "./model.ts";
import type { EncoderConfig } from "../../nn/transformer_encoder.ts";
import { joinSequencesOf } from "../../training/joined/joined_items.ts";
import { createRecGuruBatches } from "./batches.ts";
import { defaultRecGuruTasks, recguruLoss, type RecGuruTasks } from "./loss.ts";
import { pretrainingDefaults, type SourceTraining } from "../pretraining/on_sources.ts";
import { pretrainWithTarget, type TargetPretraining } from "../pretraining/with_target.ts";
import { checkTrainingOptions } from "../../training/run_config.ts";

/** How RecGURU is pre-trained; patience is counted on the target's validation items. */
export interface RecGuruOptions extends SourceTraining {
  tasks?: Partial<RecGuruTasks>;
}

/** What RecGURU reads of a domain. */
export type RecGuruDomain = Pick<Domain, "name" | "itemIds" | "sequences">;

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
): Promise<TargetPretraining> {
  const settings = { ...pretrainingDefaults, ...options };
  const tasks = { ...defaultRecGuruTasks, ...options.tasks };
  checkTrainingOptions(settings, "pre-training");
  checkTasks(tasks);
  const domains = [...sources, target];
  const joined = joinSequencesOf(domains);
  const network = createRecGuruNetwork(joined.firstItems.at(-1)!, domains.length, config);
  const targetModel = createRecGuru(target.itemIds.length, config);
  return await pretrainWithTarget(engine, domains, joined, {
    ...createRecGuruBatches(joined, settings.batchSize, targetModel.maxLength),
    loss: recguruLoss(network, tasks, domains.length),
    parameters: network.parameters,
    targetModel,
    tasks: { ...tasks },
  }, settings);
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
