import { createHash } from "node:crypto";
import { checkDistinct, checkPositiveInteger, checkPositiveNumber } from "../checks.ts";
import type { Domain } from "../data/domain.ts";
import type { JsonObject } from "../json.ts";
import type { Arrays } from "../engine/array_spec.ts";
import type { SequenceModel } from "../nn/sequence_model.ts";
import { createGenerator } from "../random.ts";
import type { JoinedDomains } from "./joined/joined_domains.ts";

/** The choices of training that change what comes out. */
export interface RunSettings {
  learningRate: number;
  batchSize: number;
  seed: number;
  instances: string;
  frozen: readonly string[];
  /** The pre-trained parameters that the run starts from; none if all start at random. */
  start: Arrays;
}

/** Returns a fingerprint of arrays as they lie in memory. */
export function fingerprint(...arrays: ArrayBufferView[]): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Returns everything that two runs must have in common for one to continue the other. */
export function runConfig(
  model: SequenceModel,
  { name, sequences, features }: Domain,
  { learningRate, batchSize, seed, instances, frozen, start }: RunSettings,
): JsonObject {
  const read = model.featureSize !== null && features ? [features.values] : [];
  const started = Object.keys(start).sort().map((parameter) => start[parameter]);
  return {
    model: model.name,
    ...model.config,
    dataset: name,
    data: fingerprint(sequences.offsets, sequences.items, ...read),
    learningRate,
    batchSize,
    seed,
    instances,
    frozen,
    ...(started.length > 0 ? { start: fingerprint(...started) } : {}),
  };
}

/** The choices of pre-training that change what comes out. */
export interface PretrainingSettings {
  learningRate: number;
  batchSize: number;
  seed: number;
  tasks: JsonObject;
}

/** Returns everything that two pre-training runs must have in common for one to continue the other. */
export function pretrainingConfig(
  model: SequenceModel,
  { names, sequences, features, wordDropped }: JoinedDomains,
  { learningRate, batchSize, seed, tasks }: PretrainingSettings,
): JsonObject {
  const tables = [...features, ...wordDropped ?? []].map(({ values }) => values);
  return {
    model: `pre-training of ${model.name}`,
    ...model.config,
    dataset: names.join("+"),
    data: fingerprint(sequences.offsets, sequences.items, ...tables),
    learningRate,
    batchSize,
    seed,
    tasks,
  };
}

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

/** Returns the name of a run's folder: readable, and another one for every other configuration. */
export function runName(config: JsonObject): string {
  const hash = createHash("sha256").update(JSON.stringify(config)).digest("hex").slice(0, 10);
  const readable = `${config.dataset}-${config.model}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${readable}-${hash}`;
}
