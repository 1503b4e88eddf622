import type { Engine } from "../../engine/program.ts";
import { createZesRec, type ZesRecConfig } from "./model.ts";
import type { FeaturedDomain } from "../../training/joined/joined_domains.ts";
import { zesrecObjective } from "./objective.ts";
import { type PretrainingResult, pretrainOnSources, type SourceTraining } from "../pretraining/on_sources.ts";

/**
 * Pre-trains ZESRec to predict the next item on several domains at once; word-dropped features are not read.
 *
 * After every epoch the model is measured on the domains' validation items, without any fine-tuning; the parameters
 * of the best epoch are kept.
 *
 * @param config sizes that differ from the reference's
 * @throws {DataError} if a domain has no features, features unlike the others', or no training sequences
 * @throws {ParameterError} if a setting cannot be used
 * @throws {CheckpointError} if the run's checkpoint is damaged
 */
export function pretrainZesRec(
  engine: Engine,
  config: Omit<Partial<ZesRecConfig>, "featureSize">,
  domains: readonly FeaturedDomain[],
  options: SourceTraining = {},
): Promise<PretrainingResult> {
  const sources = domains.map((domain) => ({ ...domain, wordDropped: null }));
  return pretrainOnSources(
    engine,
    {
      createModel: (items, featureSize) => createZesRec(items, { ...config, featureSize }),
      createObjective: zesrecObjective,
      tasks: { nextItem: 1 },
    },
    sources,
    options,
  );
}
