import { type FloatTensor, type FloatTensors, fromReferenceNames } from "./reference_names.ts";
import { openArchive } from "./archive.ts";
import { damaged, describe, isKind, type Pickled } from "./pickled.ts";
import { isFloat, readTensor } from "./read_tensor.ts";
import { unpickle } from "./unpickle.ts";

/** A checkpoint of the authors' code, in our names and layouts. */
export interface ReferenceCheckpoint {
  /** Position embedding, encoder, norms and adaptor: what a model starts fine-tuning from. */
  parameters: FloatTensors;
  /** The authors' names of what was left out, because it belongs to the items of one data set. */
  skipped: string[];
}

/** ID embeddings of a transductive model, and the text features that a fine-tuned model carries with it. */
const itemTensors = ["item_embedding.weight", "plm_embedding.weight"];

/**
 * Reads a PyTorch checkpoint of the authors' code, such as their pre-trained `UniSRec-FHCKM-300.pth`.
 *
 * The file is a zip archive that holds a Python pickle. Loading a pickle with Python can run any code; this reader
 * runs none: it knows the names that such files have and refuses files that mention others.
 *
 * @throws {CheckpointError} if there is no such file, it is damaged, mentions a Python name that does not belong in
 * it, or holds tensors of another model
 * @example
 * ```ts
 * import { readReferenceCheckpoint } from "./reference_checkpoint.ts";
 * import assert from "node:assert/strict";
 *
 * const { parameters } = await readReferenceCheckpoint("tests/pytorch/reference_checkpoint.pth");
 * assert.deepEqual(parameters["adaptor.experts.bias"].shape, [2, 4]);
 * ```
 */
export async function readReferenceCheckpoint(path: string): Promise<ReferenceCheckpoint> {
  const archive = await openArchive(path);
  const saved = stateDictionary(unpickle(archive.pickle, path), path);
  const tensors: [string, FloatTensor][] = [];
  const skipped: string[] = [];
  for (const [name, tensor] of withoutWrapper(saved)) {
    const where = `${path}, state_dict`;
    if (typeof name !== "string") throw damaged(where, "tensors by name", describe(name));
    if (!isKind(tensor, "tensor")) throw damaged(`${where}, ${name}`, "a tensor", describe(tensor));
    // whole numbers are counters and positions, which nothing learns
    if (itemTensors.includes(name) || !isFloat(tensor.storage)) skipped.push(name);
    else tensors.push([name, await readTensor(archive, tensor, name)]);
  }
  return { parameters: fromReferenceNames(Object.fromEntries(tensors), path), skipped };
}

/** What modules that wrap a model put before the names of all its tensors: distributed training, compilation. */
const wrappers = ["module.", "_orig_mod.", "model."];

/** Returns a state dictionary under the names that the model itself gives. */
function withoutWrapper(saved: Map<Pickled, Pickled>): Map<Pickled, Pickled> {
  const wrapper = wrappers.find((prefix) =>
    [...saved.keys()].every((name) => typeof name === "string" && name.startsWith(prefix))
  );
  if (wrapper === undefined) return saved;
  const inner = [...saved].map((
    [name, tensor],
  ): [Pickled, Pickled] => [(name as string).slice(wrapper.length), tensor]);
  return withoutWrapper(new Map(inner));
}

/** Returns the tensors of a checkpoint: they stand beside configuration and optimiser, or alone. */
function stateDictionary(checkpoint: Pickled, path: string): Map<Pickled, Pickled> {
  const saved = checkpoint instanceof Map && checkpoint.has("state_dict")
    ? checkpoint.get("state_dict")
    : checkpoint;
  if (saved instanceof Map && saved.size > 0) return saved;
  throw damaged(path, "a dictionary of tensors", describe(saved));
}
