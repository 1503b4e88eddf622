import { checkDistinct, checkPositiveNumber } from "../checks.ts";
import { checkEncoderConfig } from "../nn/check_config.ts";
import { defaultEncoderConfig } from "../nn/transformer_encoder.ts";
import { checkSeeds } from "../training/check_options.ts";
import { findSystem } from "../systems/registry.ts";
import type { System } from "../systems/system.ts";

/** One training to be done: a system on a data set with the hyper-parameters that are searched. */
export interface Experiment {
  /** The system's name, as in Table 3. */
  system: string;
  /** The target's name. */
  dataset: string;
  /** Null where the system has none. */
  learningRate: number | null;
  /** Null where the system has none. */
  hiddenSize: number | null;
  /** Null where the system draws no random number. */
  seed: number | null;
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
 * Nothing that a training would refuse in its turn, after hours of others, gets that far.
 *
 * What a system does not vary is null in its experiments.
 *
 * @param ownSystems beside those of the registry
 * @throws {ParameterError} if a list is empty, has a value twice or one with which nothing can be trained, or learning
 *   rates are set for a system that there is not; it names the notebooks' parameter
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
  ownSystems: readonly System[] = [],
): Experiment[] {
  for (const name of Object.keys(learningRatesOf)) findSystem(name, "learningRatesOf", ownSystems);
  checkDistinct("systemNames", systems);
  checkDistinct("targetNames", datasets);
  checkRates("learningRates", learningRates);
  for (const [name, rates] of Object.entries(learningRatesOf)) checkRates(`learningRatesOf ${name}`, rates);
  checkDistinct("hiddenSizes", hiddenSizes);
  for (const hiddenSize of hiddenSizes) checkEncoderConfig(1, { ...defaultEncoderConfig, hiddenSize });
  checkSeeds(seeds);
  return datasets.flatMap((dataset) =>
    systems.flatMap((name) => {
      const { varies } = findSystem(name, "systemNames", ownSystems);
      const valuesOf = <T>(what: System["varies"][number], values: readonly T[]) =>
        varies.includes(what) ? values : [null];
      return valuesOf("hiddenSize", hiddenSizes).flatMap((hiddenSize) =>
        valuesOf("learningRate", learningRatesOf[name] ?? learningRates).flatMap((learningRate) =>
          valuesOf("seed", seeds).map((seed) => ({ system: name, dataset, learningRate, hiddenSize, seed }))
        )
      );
    })
  );
}

function checkRates(where: string, rates: readonly number[]): void {
  checkDistinct(where, rates);
  for (const rate of rates) checkPositiveNumber(where, rate, "The paper searches from 0.0003 to 0.01.");
}
