import type { SavedResult } from "../../experiments/result_schema.ts";

/**
 * Puts together the results that differ in nothing but the seeds, of a training and of those that it starts from.
 *
 * The code's fingerprint does not count, as the random start is part of it: of results of one seed the last one is taken.
 */
export function groupSeeds(results: readonly SavedResult[]): SavedResult[][] {
  const withoutSeed = ({ settings }: SavedResult) =>
    JSON.stringify(settings, (name, value) => name === "seed" ? undefined : value);
  return [...Map.groupBy(results, withoutSeed).values()].map((
    alike,
  ) => [...new Map(alike.map((result) => [result.experiment.seed, result])).values()]);
}
