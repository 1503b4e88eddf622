import * as v from "valibot";
import { exists } from "../data/files.ts";
import { CheckpointError } from "../errors.ts";
import { type JsonObject, toJson } from "../json.ts";
import { exactly, jsonObject, parse, parseJson } from "../schema.ts";
import { readSafetensors, type SavedTensor, writeSafetensors } from "./safetensors.ts";
import { makeFolder } from "../write_file.ts";

/** Everything a training run needs to go on from here as if it had never stopped. */
export interface Checkpoint {
  /** Configuration, seed, generator state, epoch, step, best metric and so on. */
  state: JsonObject;
  /** Parameters and optimiser moments, by name. */
  tensors: Record<string, SavedTensor>;
}

const fileName = "checkpoint.safetensors";

/**
 * Saves a checkpoint in a folder, in place of the one before.
 *
 * The state is JSON in the header of the one safetensors file that holds the tensors. That file is renamed into place
 * when it is complete: so whenever the process is killed, the folder holds the old checkpoint or the new one, never a
 * mix.
 *
 * @param folder made if it is not there; one process at a time may save in it
 * @throws {ParameterError} if the state holds a number that JSON cannot (NaN or ±∞)
 * @example
 * ```ts
 * import { loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const checkpoint = { state: { epoch: 3 }, tensors: { kernel: { shape: [2], values: Float32Array.of(1, 2) } } };
 * await saveCheckpoint(folder, checkpoint);
 * assert.deepEqual(await loadCheckpoint(folder), checkpoint);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveCheckpoint(folder: string, { state, tensors }: Checkpoint): Promise<void> {
  const json = toJson(state, "checkpoint state");
  await makeFolder(folder);
  await removeLeftovers(folder);
  await writeSafetensors(`${folder}/${fileName}`, tensors, { state: json });
}

/**
 * Loads the checkpoint of a folder, or returns null if there is none.
 *
 * @throws {CheckpointError} if the file is damaged or no checkpoint
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint | null> {
  const path = `${folder}/${fileName}`;
  if (!await exists(path)) return null;
  const { tensors, metadata } = await readSafetensors(path);
  return { state: parseState(metadata, path), tensors };
}

/**
 * Lists how saved tensors differ from the parameters that a model expects: names, shapes and element type.
 *
 * @param expected shapes by parameter name
 * @param saved the tensors to be loaded
 * @returns one line for every parameter that is missing, too many or of another shape
 */
export function parameterDifferences(
  expected: Record<string, readonly number[]>,
  saved: Record<string, SavedTensor>,
): string[] {
  const differences: string[] = [];
  for (const [name, shape] of Object.entries(expected)) {
    const wanted = `[${shape.join(", ")}]`;
    const there = Object.hasOwn(saved, name) ? describe(saved[name]) : "missing";
    if (there !== wanted) differences.push(`${name}: saved ${there}, expected ${wanted}`);
  }
  for (const [name, tensor] of Object.entries(saved)) {
    if (!Object.hasOwn(expected, name)) differences.push(`${name}: saved ${describe(tensor)}, expected none`);
  }
  return differences;
}

/**
 * Refuses tensors, settings or both that are not the model's, all differences in one message.
 *
 * @param where the file or folder they come from
 * @param differences one line each, such as from `parameterDifferences`
 * @throws {CheckpointError} if there is any difference
 */
export function refuseDifferences(where: string, differences: readonly string[]): void {
  if (differences.length === 0) return;
  throw new CheckpointError({
    where,
    expected: "what the model has",
    found: `${differences.length} that differ:\n  ${differences.join("\n  ")}\n`,
    advice: "Build the model with the configuration of the checkpoint, or load another checkpoint",
  });
}

/**
 * Checks that saved tensors are the parameters that a model expects: the same names, shapes and element type.
 *
 * @throws {CheckpointError} that names every parameter which is missing, too many or of another shape
 */
export function matchParameters(
  expected: Record<string, readonly number[]>,
  saved: Record<string, SavedTensor>,
  where: string,
): void {
  refuseDifferences(where, parameterDifferences(expected, saved));
}

function describe({ shape, values }: SavedTensor): string {
  const type = values instanceof Float32Array
    ? ""
    : ` of ${values instanceof Int32Array ? "int32" : "uint8"}`;
  return `[${shape.join(", ")}]${type}`;
}

/** Removes what saves that were killed have left behind. */
async function removeLeftovers(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith(`${fileName}.`) && name.endsWith(".tmp")) await Deno.remove(`${folder}/${name}`);
  }
}

function parseState(metadata: Record<string, string>, path: string): JsonObject {
  const where = `${path}, metadata`;
  const advice =
    "This file holds tensors but is no checkpoint of a training run: load one that saveCheckpoint wrote.";
  const { state } = parse(exactly({ state: v.string() }), metadata, where, advice, CheckpointError);
  return parseJson(jsonObject, state, `${where} "state"`, advice, CheckpointError);
}
