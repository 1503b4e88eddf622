import { checkOneOf } from "../../checks.ts";
import { ParameterError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import { completeTasks, type PlanPretraining } from "../pretraining/pretraining.ts";
import { planSourcePretraining } from "../pretraining/source_pretraining.ts";
import { createPretrainingBatches } from "./batches.ts";
import { defaultTasks, pretrainingLoss, type PretrainingTasks } from "./loss.ts";
import { createUniSRec } from "./model.ts";

/**
 * Settles UniSRec's pre-training on several domains at once (Section 2.3 of the paper).
 *
 * After every epoch the model is measured on the domains' validation items, without any fine-tuning; the parameters
 * of the best epoch are kept.
 *
 * @param sizes settings of the model that differ from the reference's
 * @throws {DataError} if a domain has no features, features unlike the others', or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 */
export const planUniSRec: PlanPretraining = (sources, sizes, options = {}) => {
  const tasks = completeTasks(defaultTasks, options.tasks);
  checkTasks(tasks);
  return planSourcePretraining(
    {
      createModel: (items, featureSize) =>
        createUniSRec(items, { ...sizes, setting: "inductive", featureSize }),
      createObjective(model, joined, batchSize) {
        const losses = joined.names.length > 1 ? joined.names : [];
        return {
          ...createPretrainingBatches(joined, batchSize, model.maxLength, tasks.instances),
          loss: pretrainingLoss(model, tasks, losses),
        };
      },
      tasks: said(tasks),
    },
    sources,
    options,
  );
};

/** Returns the tasks as they name a run: the usual instances are not said, so that older runs keep their names. */
function said({ instances, ...tasks }: PretrainingTasks): JsonObject {
  return { ...tasks, ...(instances === defaultTasks.instances ? {} : { instances }) };
}

function checkTasks({ sequenceItem, sequenceSequence, instances }: PretrainingTasks) {
  checkOneOf(
    "tasks, instances",
    instances,
    ["sequence", "prefix"],
    "The paper's are prefixes; leave it out.",
  );
  const sum = sequenceItem + sequenceSequence;
  if (sequenceItem >= 0 && sequenceSequence >= 0 && sum > 0 && sum < Infinity) return;
  throw new ParameterError({
    where: "tasks (in notebook 3: lambda)",
    expected: "finite weights of at least 0, and one of them above",
    found: `sequenceItem ${sequenceItem}, sequenceSequence ${sequenceSequence}`,
    advice: "The paper uses 1 and 0.001.",
  });
}
