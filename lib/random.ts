import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { show } from "./checks.ts";
import { CheckpointError, ParameterError } from "./errors.ts";

/** A seeded source of random numbers (xoroshiro128+): the only one in the project, so that every run repeats. */
export interface Generator {
  /** Returns 32 random bits as a signed integer and moves on. */
  next(): number;
  /** Returns the state as plain numbers, for a checkpoint. */
  getState(): readonly number[];
}

/** Draws thrown away at the start: the bits of a small seed need some rounds to spread over the state. */
const warmUp = 64;

/**
 * Makes a generator from a seed.
 *
 * @param seed a 32-bit integer
 * @throws {ParameterError} if the seed is not one
 * @example
 * ```ts
 * import { createGenerator, uniform } from "./random.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(uniform(createGenerator(7)), uniform(createGenerator(7)));
 * ```
 */
export function createGenerator(seed: number): Generator {
  if (!Number.isInteger(seed) || seed < -(2 ** 31) || seed >= 2 ** 32) {
    throw new ParameterError({
      where: "seed",
      expected: "an integer of at most 32 bits",
      found: show(seed),
      advice: "Use for example seed 2020.",
    });
  }
  const generator = xoroshiro128plus(seed | 0);
  for (let i = 0; i < warmUp; i++) generator.next();
  return generator;
}

/**
 * Makes a generator that goes on where `getState` was called.
 *
 * @throws {CheckpointError} if the state is none
 */
export function restoreGenerator(state: readonly number[]): Generator {
  try {
    return xoroshiro128plusFromState(state);
  } catch (cause) {
    throw new CheckpointError({
      where: "generator state",
      expected: "four 32-bit integers",
      found: JSON.stringify(state),
      advice: "The checkpoint is damaged: start from an earlier one.",
    }, { cause });
  }
}

/** Draws a number from [0, 1). */
export function uniform(generator: Generator): number {
  return (generator.next() >>> 0) / 2 ** 32;
}

/** Draws an integer from 0 … `bound` − 1, each equally likely to within `bound` / 2³². */
export function integer(generator: Generator, bound: number): number {
  return Math.floor(uniform(generator) * bound);
}

/** Draws `count` independent normal numbers with mean 0 (Box–Muller). */
export function normals(generator: Generator, count: number, standardDeviation = 1): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    // 1 − u is in (0, 1], so that the logarithm is finite
    const radius = standardDeviation * Math.sqrt(-2 * Math.log(1 - uniform(generator)));
    const angle = 2 * Math.PI * uniform(generator);
    values[i] = radius * Math.cos(angle);
    if (i + 1 < count) values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}

/** Draws `count` bytes, four from each 32-bit number. */
export function bytes(generator: Generator, count: number): Uint8Array {
  const words = new Int32Array(Math.ceil(count / 4));
  for (let i = 0; i < words.length; i++) words[i] = generator.next();
  return new Uint8Array(words.buffer, 0, count);
}

/** Shuffles an array in place (Fisher–Yates) and returns it. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(
  generator: Generator,
  values: T,
): T {
  for (let i = values.length - 1; i > 0; i--) {
    const other = integer(generator, i + 1);
    const held = values[i];
    values[i] = values[other];
    values[other] = held;
  }
  return values;
}
