import { CheckpointError } from "../errors.ts";
import { type JsonObject, toJson } from "../json.ts";
import { parseJson } from "../schema.ts";
import type { PlanIdentity } from "../systems/system.ts";
import type { EpochRecord } from "../training/fit.ts";
import { settingsName } from "../training/run_identity.ts";
import { makeFolder, writeFileAtomically } from "../write_file.ts";
import type { Experiment } from "./grid.ts";
import { checkResult, resultSchema, type SavedResult } from "./result_schema.ts";

/** What a training took. */
export interface Cost {
  /** Numbers that were learnt. */
  parameters: number;
  /** Those that training on the target changes. */
  trainedParameters: number;
  epochs: number;
  /** Median over the epochs, validation left out; 0 where there are none. */
  secondsPerEpoch: number;
  pretrainingEpochs: number;
  /** All epochs of pre-training; 0 without it. */
  pretrainingSeconds: number;
  /** What trained on the target, such as "onnx-cpu, 2 processors"; null in results kept before this was. */
  engine: string | null;
  /** The most memory that the process held at the end of an epoch, in bytes; 0 if no epoch was left to do. */
  memory: number;
  /** All of it, as the clock went in the process that ended it; null in results kept before this was. */
  seconds: number | null;
}

/** What came out of an experiment. */
export interface ExperimentResult {
  experiment: Experiment;
  /** 0-based rank of each user's validation and test item; −1 for a user without a history. `[users]` */
  ranks: { valid: Int32Array; test: Int32Array };
  /** The epoch whose parameters were tested; −1 where there are none. */
  bestEpoch: number;
  curve: EpochRecord[];
  /** What the system chose by itself, on validation items: windows, weights … */
  settingsFound: JsonObject;
  cost: Cost;
  /** Whether the code has changed since, so that it might give another result now. */
  ofOtherCode: boolean;
}

/** The ending of a file that says which experiment was begun and has no result yet. */
export const unfinishedEnding = ".json.unfinished";

const pathOf = (folder: string, { settings, code }: PlanIdentity) =>
  `${folder}/${settingsName(settings)}-${code.slice(0, 6)}`;

/** Notes that an experiment was begun; `saveResult` takes the note away. */
export async function noteUnfinished(
  folder: string,
  identity: PlanIdentity,
  experiment: Experiment,
): Promise<void> {
  await makeFolder(folder);
  await writeFileAtomically(pathOf(folder, identity) + unfinishedEnding, JSON.stringify(experiment) + "\n");
}

/** Keeps a result, with everything that it depends on, as one JSON file in a folder that is made if need be. */
export async function saveResult(
  folder: string,
  identity: PlanIdentity,
  { ranks, cost, experiment, bestEpoch, curve, settingsFound }: ExperimentResult,
): Promise<void> {
  await makeFolder(folder);
  const { settings, code } = identity;
  const path = `${pathOf(folder, identity)}.json`;
  const saved = {
    settings,
    code,
    experiment: { ...experiment },
    bestEpoch,
    settingsFound,
    cost: { ...cost },
    curve,
    ranks: { valid: [...ranks.valid], test: [...ranks.test] },
  };
  await writeFileAtomically(path, toJson(saved, path) + "\n");
  await Deno.remove(pathOf(folder, identity) + unfinishedEnding).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/**
 * Reads a result's file.
 *
 * @throws {CheckpointError} that names file and field, if it is damaged
 */
export async function readResult(path: string): Promise<SavedResult> {
  return resultOfText(await Deno.readTextFile(path), path);
}

/**
 * Returns the result in a text that was read from a file.
 *
 * @param path the file, for messages
 * @throws {CheckpointError} that names file and field, if it is damaged
 */
export function resultOfText(text: string, path: string): SavedResult {
  return parseJson(resultSchema, text, path, advice, CheckpointError);
}

const advice = "Delete the file: the experiment is then done again.";

/**
 * Finds the result of an experiment, or returns null if there is none yet.
 *
 * @param size of the target: a rank of every user, each below the number of items
 * @param otherCode whether a result with the same settings that other code gave will do, where there is none of this code
 * @throws {CheckpointError} that names file and field, if it is damaged, or of an experiment with other settings
 */
export async function findResult(
  folder: string,
  { settings, code }: PlanIdentity,
  size: { users: number; items: number; isByTime?: boolean },
  { otherCode }: { otherCode: boolean },
): Promise<ExperimentResult | null> {
  const name = settingsName(settings);
  const own = `${name}-${code.slice(0, 6)}.json`;
  const files = await filesOf(folder);
  const others = files.filter((file) => file.startsWith(`${name}-`) && file.endsWith(".json")).sort();
  const found = files.includes(own) ? own : otherCode ? others.at(-1) : undefined;
  if (found === undefined) return null;
  const path = `${folder}/${found}`;
  const saved = await readResult(path);
  checkResult(path, saved, size);
  if (JSON.stringify(saved.settings) !== JSON.stringify(settings)) {
    throw new CheckpointError({
      where: `${path}, settings`,
      expected: "those that its name stands for",
      found: "others",
      advice,
    });
  }
  return {
    experiment: saved.experiment,
    ranks: { valid: Int32Array.from(saved.ranks.valid), test: Int32Array.from(saved.ranks.test) },
    bestEpoch: saved.bestEpoch,
    curve: saved.curve,
    settingsFound: saved.settingsFound,
    cost: saved.cost,
    ofOtherCode: saved.code !== code,
  };
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
