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
  hiddenSizes: readonly number[];
  seeds: readonly number[];
}

/**
 * Returns every combination, one data set and system after the other.
 *
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
  { systems, datasets, learningRates, hiddenSizes, seeds }: Grid,
): Experiment[] {
  return datasets.flatMap((dataset) =>
    systems.flatMap((system) =>
      hiddenSizes.flatMap((hiddenSize) =>
        learningRates.flatMap((learningRate) =>
          seeds.map((seed) => ({ system, dataset, learningRate, hiddenSize, seed }))
        )
      )
    )
  );
}
