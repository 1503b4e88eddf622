import { availableMemory } from "node:process";
import { showBytes } from "../byte_size.ts";
import { type ArraySpec, sizeOf } from "../engine/array_spec.ts";
import { ParameterError } from "../errors.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import type { Objective } from "./objective.ts";

/**
 * How often a trained parameter lies in memory in a step: itself, Adam's two sums, their successors, its gradient, and
 * what the engine keeps of each. SASRec with ONNX Runtime on the CPU takes 17 to 23 times its parameters.
 */
const trainedCopies = 16;

/** How often one that is not trained does: where it computes, in the best and in the last state. */
const frozenCopies = 3;

/**
 * How often one does of which a step changes some rows, in place: itself, Adam's two sums, the best state, and the three as
 * they are read for a checkpoint.
 */
const tableCopies = 7;

/** How often the scores of the predictions lie in memory: as they are, and as probabilities. */
const scoreCopies = 2;

/** How often an input does: as the batch that is made, and where it computes. */
const inputCopies = 2;

/** What an objective says of the items that it scores. */
type ScoredItems = Pick<Objective, "known" | "scores">;

/**
 * Estimates the memory that a training takes at the least: what lies between the layers comes on top.
 *
 * @param parameters of the model
 * @param trainable names of those that are trained
 * @param inputs the arrays that a step reads beside them
 * @param objective which input lists the items that a step knows, if it does not know all, and how many scores are there
 *   at once
 * @returns bytes
 * @example
 * ```ts
 * import { estimateMemory } from "./memory_estimate.ts";
 * import assert from "node:assert/strict";
 *
 * const kernel = { shape: [1000, 1000], initial: "normal" } as const;
 * assert.equal(estimateMemory({ kernel }, ["kernel"], {}), 64e6);
 * assert.equal(estimateMemory({ kernel }, [], {}), 12e6);
 * ```
 */
export function estimateMemory(
  parameters: ParameterSpecs,
  trainable: readonly string[],
  inputs: Readonly<Record<string, ArraySpec>>,
  { known, scores = 0 }: ScoredItems = {},
): number {
  const trained = new Set(trainable);
  let numbers = scores * scoreCopies;
  for (const [name, { shape, itemRows }] of Object.entries(parameters)) {
    const copies = known !== undefined && itemRows !== undefined ? tableCopies : trainedCopies;
    numbers += sizeOf(shape) * (trained.has(name) ? copies : frozenCopies);
  }
  for (const { shape } of Object.values(inputs)) numbers += sizeOf(shape) * inputCopies;
  return numbers * Float32Array.BYTES_PER_ELEMENT;
}

/**
 * Refuses a training that would not fit into memory, before anything is made for it.
 *
 * @param available bytes that the machine, or the container that it runs in, has left
 * @throws {ParameterError} that says what takes the most, and which parameters lower it
 */
export function checkMemory(
  parameters: ParameterSpecs,
  trainable: readonly string[],
  inputs: Readonly<Record<string, ArraySpec>>,
  objective: ScoredItems = {},
  available: number = memoryLeft(),
): void {
  const needed = estimateMemory(parameters, trainable, inputs, objective);
  if (needed <= available) return;
  const arrays = Object.entries({ ...parameters, ...inputs }).map(([name, { shape }]) => ({ name, shape }));
  const { name, shape } = arrays.reduce((a, b) => sizeOf(b.shape) > sizeOf(a.shape) ? b : a);
  const largest = `${name} [${shape.join(", ")}]`;
  throw new ParameterError({
    where: "memory of the training",
    expected: `at most ${showBytes(available)}, which the machine has left`,
    found: `at least ${showBytes(needed)} needed; ${largest} is the largest array`,
    advice: "Lower hiddenSize and innerSize, or maxLength and batchSize, " +
      "or train on fewer items, on drawn ones (negatives), or on a machine with more memory.",
  });
}

/** A program that may not ask for the memory (`--allow-sys=systemMemoryInfo`) has to find out by itself. */
function memoryLeft(): number {
  try {
    return availableMemory();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return Infinity;
    throw error;
  }
}
