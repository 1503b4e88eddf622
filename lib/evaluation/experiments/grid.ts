import { ParameterError } from "../../errors.ts";
import { findSystem } from "../systems/registry.ts";

/** One training to be done: a system on a data set with the hyper-parameters that are searched. */
export interface Experiment {
  /** The system's name, as in Table 3. */
  system: string;
  /** The target's name. */
  dataset: string;
  learningRate: number;
  hiddenSize: number;
  seed: number;
}

/** The values that every experiment's settings are taken from. */
export interface Grid {
  systems: readonly string[];
  datasets: readonly string[];
  learningRates: readonly number[];
  /** Of systems that are searched over others, by name. */
  learningRatesOf?: Readonly<Record<string, readonly number[]>>;
  hiddenSizes: readonly number[];
  seeds: readonly number[];
}

/**
 * Returns every combination, one data set and system after the other.
 *
 * @throws {ParameterError} if there is nothing to choose from, or learning rates are set for a system that there is not
 * @example
 * ```ts
 * import { experimentGrid } from "./grid.ts";
 * import assert from "node:assert/strict";
 *
 * const experiments = experimentGrid({
 *   systems: ["SASRec", "FDSA"],
 *   datasets: ["Scientific"],
 *   learningRates: [0.001, 0.003],
 *   hiddenSizes: [300],
 *   seeds: [1],
 * });
 * assert.equal(experiments.length, 4);
 * ```
 */
export function experimentGrid(
  { systems, datasets, learningRates, learningRatesOf = {}, hiddenSizes, seeds }: Grid,
): Experiment[] {
  for (const name of Object.keys(learningRatesOf)) findSystem(name);
  const values = { systems, datasets, learningRates, ...learningRatesOf, hiddenSizes, seeds };
  for (const [where, { length }] of Object.entries(values)) {
    if (length > 0) continue;
    throw new ParameterError({
      where,
      expected: "one value or more",
      found: "an empty list",
      advice: "Without it there is nothing to train.",
    });
  }
  return datasets.flatMap((dataset) =>
    systems.flatMap((system) =>
      hiddenSizes.flatMap((hiddenSize) =>
        (learningRatesOf[system] ?? learningRates).flatMap((learningRate) =>
          seeds.map((seed) => ({ system, dataset, learningRate, hiddenSize, seed }))
        )
      )
    )
  );
}
