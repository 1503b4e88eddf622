import type { SavedResult } from "../../experiments/result_schema.ts";

/** Puts together the results that differ in nothing but the seeds, of a training and of those that it starts from. */
export function groupSeeds(results: readonly SavedResult[]): SavedResult[][] {
  const withoutSeed = ({ settings, code }: SavedResult) =>
    JSON.stringify([code, settings], (name, value) => name === "seed" ? undefined : value);
  return [...Map.groupBy(results, withoutSeed).values()];
}
