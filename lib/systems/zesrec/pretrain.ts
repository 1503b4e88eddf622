import type { PlanPretraining } from "../pretraining/pretraining.ts";
import { planSourcePretraining } from "../pretraining/source_pretraining.ts";
import { createZesRec } from "./model.ts";
import { zesrecObjective } from "./objective.ts";

/**
 * Settles ZESRec's pre-training: the next item on several domains at once; word-dropped features are not read.
 *
 * After every epoch the model is measured on the domains' validation items, without any fine-tuning; the parameters
 * of the best epoch are kept.
 *
 * @param sizes that differ from the reference's
 * @throws {DataError} if a domain has no features, features unlike the others', or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 */
export const planZesRec: PlanPretraining = (sources, sizes, options = {}) =>
  planSourcePretraining(
    {
      createModel: (items, featureSize) => createZesRec(items, { ...sizes, featureSize }),
      createObjective: zesrecObjective,
      tasks: { nextItem: 1 },
    },
    sources.map((domain) => ({ ...domain, wordDropped: null })),
    options,
  );
