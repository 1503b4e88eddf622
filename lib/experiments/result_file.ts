import { dirname } from "node:path";
import { CheckpointError } from "../errors.ts";
import { type JsonObject, toJson } from "../json.ts";
import type { EpochRecord } from "../training/fit.ts";
import { writeFileAtomically } from "../write_file.ts";
import type { Experiment } from "./grid.ts";

/** What a training took. */
export interface Cost {
  /** Numbers in the model's parameters. */
  parameters: number;
  /** Those that training on the target changes. */
  trainedParameters: number;
  epochs: number;
  /** Median over the epochs, validation left out. */
  secondsPerEpoch: number;
  pretrainingEpochs: number;
  /** All epochs of pre-training; 0 without it. */
  pretrainingSeconds: number;
  /** What trained on the target, such as "onnx-cpu, 2 processors"; null in results kept before this was. */
  engine: string | null;
  /** The most memory that the process held at the end of an epoch, in bytes; 0 if no epoch was left to do. */
  memory: number;
}

/** What came out of an experiment. */
export interface ExperimentResult {
  experiment: Experiment;
  /** 0-based rank of each user's validation and test item; −1 for a user without a history. `[users]` */
  ranks: { valid: Int32Array; test: Int32Array };
  /** The epoch whose parameters were tested. */
  bestEpoch: number;
  curve: EpochRecord[];
  cost: Cost;
}

/** Keeps a result, with everything that it depends on, as one JSON file. */
export async function saveResult(path: string, config: JsonObject, result: ExperimentResult): Promise<void> {
  const { ranks, cost, experiment, bestEpoch, curve } = result;
  await Deno.mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(
    path,
    toJson({
      config,
      experiment: { ...experiment },
      bestEpoch,
      cost: { ...cost },
      curve,
      ranks: { valid: [...ranks.valid], test: [...ranks.test] },
    }, path) + "\n",
  );
}

/**
 * Reads a result, or returns null if there is none yet.
 *
 * @throws {CheckpointError} if the file is damaged, or of an experiment with another configuration
 */
export async function loadResult(path: string, config: JsonObject): Promise<ExperimentResult | null> {
  let text;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const fault = (found: string, cause?: unknown) =>
    new CheckpointError({
      where: path,
      expected: "the result of an experiment with this configuration",
      found,
      advice: "Delete the file: the experiment is then done again.",
    }, { cause });
  let saved;
  try {
    saved = JSON.parse(text);
  } catch (cause) {
    throw fault("no JSON", cause);
  }
  if (JSON.stringify(saved?.config) !== JSON.stringify(config)) throw fault("another configuration");
  const { experiment, bestEpoch, curve, cost, ranks } = saved;
  if (!Array.isArray(curve) || !Array.isArray(ranks?.valid) || !Array.isArray(ranks?.test) || !cost) {
    throw fault("an incomplete result");
  }
  return {
    experiment,
    bestEpoch,
    curve,
    cost: { engine: null, ...cost },
    ranks: { valid: Int32Array.from(ranks.valid), test: Int32Array.from(ranks.test) },
  };
}
