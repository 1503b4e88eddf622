import type { Engine } from "../../engine/program.ts";
import { ParameterError } from "../../errors.ts";
import { createUniSRec, type UniSRecConfig } from "./model.ts";
import type { FeaturedDomain } from "../../training/joined/joined_domains.ts";
import { createPretrainingBatches } from "./batches.ts";
import { defaultTasks, pretrainingLoss, type PretrainingTasks } from "./loss.ts";
import { type PretrainingResult, pretrainOnSources, type SourceTraining } from "../pretraining/on_sources.ts";

/** How UniSRec is pre-trained; the defaults are the authors'. */
export interface PretrainingOptions extends SourceTraining {
  tasks?: Partial<PretrainingTasks>;
}

/**
 * Pre-trains UniSRec on several domains at once (Section 2.3 of the paper).
 *
 * After every epoch the model is measured on the domains' validation items, without any fine-tuning; the parameters
 * of the best epoch are kept.
 *
 * @param config settings of the model that differ from the reference's
 * @throws {DataError} if a domain has no features, features unlike the others', or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export async function pretrain(
  engine: Engine,
  config: Omit<Partial<UniSRecConfig>, "setting" | "featureSize">,
  domains: readonly FeaturedDomain[],
  { tasks: chosen, ...options }: PretrainingOptions = {},
): Promise<PretrainingResult> {
  const tasks = { ...defaultTasks, ...chosen };
  checkTasks(tasks);
  return await pretrainOnSources(
    engine,
    {
      createModel: (items, featureSize) =>
        createUniSRec(items, { ...config, setting: "inductive", featureSize }),
      createObjective(model, joined, batchSize) {
        const losses = joined.names.length > 1 ? joined.names : [];
        return {
          ...createPretrainingBatches(joined, batchSize, model.maxLength),
          loss: pretrainingLoss(model, tasks, losses),
        };
      },
      tasks: { ...tasks },
    },
    domains,
    options,
  );
}

function checkTasks({ sequenceItem, sequenceSequence }: PretrainingTasks) {
  const sum = sequenceItem + sequenceSequence;
  if (sequenceItem >= 0 && sequenceSequence >= 0 && sum > 0 && sum < Infinity) return;
  throw new ParameterError({
    where: "tasks (in notebook 3: lambda)",
    expected: "finite weights of at least 0, and one of them above",
    found: `sequenceItem ${sequenceItem}, sequenceSequence ${sequenceSequence}`,
    advice: "The paper uses 1 and 0.001.",
  });
}
