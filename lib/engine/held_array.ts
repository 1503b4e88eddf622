import type { Arrays, ArraySpec, NumberArray } from "./array_spec.ts";

/**
 * An array that stays where an engine computes, such as in a GPU's memory.
 *
 * What one run returns and the next one takes need not travel: a training step's parameters, for example.
 */
export interface HeldArray {
  /** Its shape and type. */
  readonly spec: ArraySpec;
  /** The array as the engine that made it knows it; no other engine can use it. */
  readonly content: unknown;
  /** Frees the memory; the array cannot be used afterwards. */
  release(): void;
}

/** Held arrays by name. */
export type Held = Record<string, HeldArray>;

/** Arrays by name, wherever they are: what a program is given. */
export type Values = Record<string, NumberArray | HeldArray>;

/** Tells whether an array is held by an engine. */
export function isHeld(value: NumberArray | HeldArray): value is HeldArray {
  return !ArrayBuffer.isView(value);
}

/** Frees all of the arrays. */
export function releaseAll(held: Held): void {
  for (const array of Object.values(held)) array.release();
}

/** Returns the specs of held arrays, by name. */
export function specsOf(held: Held): Record<string, ArraySpec> {
  return Object.fromEntries(Object.entries(held).map(([name, { spec }]) => [name, spec]));
}

/** Holds arrays for an engine that computes in this process's memory: as they are, without copying. */
export function holdHere(arrays: Arrays, specs: Record<string, ArraySpec>): Held {
  return Object.fromEntries(
    Object.entries(arrays).map((
      [name, content],
    ) => [name, { spec: specs[name], content, release: () => {} }]),
  );
}

/** Copies arrays that `holdHere` or a program in this process's memory holds. */
export function copyHere(held: Held): Arrays {
  return Object.fromEntries(
    Object.entries(held).map(([name, { content }]) => [name, (content as NumberArray).slice()]),
  );
}

/** Puts rows into an array that `holdHere` or a program in this process's memory holds. */
export function writeRowsHere(array: HeldArray, rows: Int32Array, values: HeldArray): void {
  const [whole, written] = [array.content as NumberArray, values.content as NumberArray];
  const width = written.length / rows.length;
  rows.forEach((row, at) => whole.set(written.subarray(at * width, (at + 1) * width), row * width));
}
