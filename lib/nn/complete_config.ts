/**
 * Returns a model's settings: those that are given, and the defaults for the others.
 *
 * Settings that the model does not have are left out. Systems of one comparison share a record, and a run is named by
 * what its model is made of: the number of another model's experts must not make a second SASRec.
 *
 * @param defaults every setting that the model has
 * @param config settings that differ, and perhaps those of other models
 * @example
 * ```ts
 * import { completeConfig } from "./complete_config.ts";
 * import assert from "node:assert/strict";
 *
 * const shared = { hiddenSize: 64, experts: 8 };
 * assert.deepEqual(completeConfig({ hiddenSize: 300, heads: 2 }, shared), { hiddenSize: 64, heads: 2 });
 * ```
 */
export function completeConfig<Config extends object>(defaults: Config, config: Partial<Config>): Config {
  const completed = { ...defaults };
  for (const name of Object.keys(defaults) as (keyof Config)[]) {
    if (name in config) completed[name] = config[name]!;
  }
  return completed;
}
