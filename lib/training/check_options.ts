import { checkDistinct, checkPositiveInteger, checkPositiveNumber } from "../checks.ts";
import { createGenerator } from "../random.ts";

/**
 * Refuses numbers with which nothing can be trained.
 *
 * @param stage whose they are, such as pre-training's
 * @throws {ParameterError} that names the option
 */
export function checkTrainingOptions(
  options: Record<"learningRate" | "batchSize" | "epochs" | "patience", number>,
  stage?: string,
): void {
  const advice = "Set it in the parameters cell, or leave it out for the default.";
  const where = (name: string) => stage ? `${stage}'s ${name}` : name;
  checkPositiveNumber(where("learningRate"), options.learningRate, advice);
  for (const name of ["batchSize", "epochs", "patience"] as const) {
    checkPositiveInteger(where(name), options[name], advice);
  }
}

/**
 * Refuses seeds with which nothing can be trained, or whose results would count twice.
 *
 * @throws {ParameterError}
 */
export function checkSeeds(seeds: readonly number[]): void {
  checkDistinct("seeds", seeds);
  for (const seed of seeds) createGenerator(seed);
}
