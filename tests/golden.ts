import assert from "node:assert/strict";
import type { Arrays } from "../lib/engine/array_spec.ts";
import { type FloatTensor, fromReferenceNames } from "../lib/files/pytorch/reference_names.ts";

/** Nested lists of numbers, as the reference file writes tensors. */
export type Nested = number | Nested[];

/** The reference's parameters or gradients, by PyTorch's names. */
export type GoldenTensors = Record<string, Nested>;

/** The part of the reference numbers that every fine-tuned model has. */
export interface GoldenModel {
  sizes: { n_items: number; plm: number; hidden: number; inner: number; experts: number; max_len: number };
  batch: { item_id_list: number[][]; item_length: number[]; item_id: number[] };
  plm_embedding: number[][];
  weights: GoldenTensors;
  seq_output: number[][];
  scores: number[][];
  loss: number;
  grads: GoldenTensors;
  adam3: { losses: number[]; after: GoldenTensors };
}

/** The further numbers of UniSRec; only the inductive setting has recorded gate noise. */
export interface GoldenUniSRec extends GoldenModel {
  moe_items: number[][];
  gates_items: number[][];
  adam3_frozen_encoder: { losses: number[]; after: GoldenTensors };
  train_mode_noise: { noise_seq: number[][][]; noise_items: number[][]; loss: number; grads: GoldenTensors };
}

/** Reads one file of reference numbers. */
export async function readGolden<T>(name: string): Promise<T> {
  return JSON.parse(await Deno.readTextFile(new URL(`golden/${name}.json`, import.meta.url)));
}

/** Returns the numbers of nested lists in their order. */
export function flat(values: Nested): Float32Array<ArrayBuffer> {
  const numbers = (nested: Nested): number[] =>
    typeof nested === "number" ? [nested] : nested.flatMap(numbers);
  return Float32Array.from(numbers(values));
}

function shapeOf(values: Nested): number[] {
  return typeof values === "number" ? [] : [values.length, ...shapeOf(values[0])];
}

/** Translates the reference's tensors to our names and layouts. */
export function translate(tensors: GoldenTensors): Arrays {
  const named = Object.entries(tensors).map(([name, values]): [string, FloatTensor] => [
    name,
    { shape: shapeOf(values), values: flat(values) },
  ]);
  const ours = fromReferenceNames(Object.fromEntries(named), "the reference's numbers");
  return Object.fromEntries(Object.entries(ours).map(([name, { values }]) => [name, values]));
}

/** What float32 makes of a number that is 0 in exact arithmetic, such as the gradient of a key's bias. */
const roundingFloor = 5e-7;

/** Fails unless all numbers agree to `tolerance` of the larger of themselves and the tensor's typical size. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  tolerance = 1e-4,
  floor = roundingFloor,
) {
  assert.equal(actual.length, expected.length, `${what}: number of values`);
  let squares = 0;
  for (let i = 0; i < expected.length; i++) squares += expected[i] ** 2;
  const typical = Math.sqrt(squares / expected.length);
  for (let i = 0; i < expected.length; i++) {
    const allowed = tolerance * Math.max(Math.abs(expected[i]), typical) + floor;
    if (Math.abs(actual[i] - expected[i]) <= allowed) continue;
    assert.fail(`${what}[${i}]: expected ${expected[i]} ± ${allowed}, found ${actual[i]}`);
  }
}

/** Fails unless `actual` has every array of `expected`, equal to the tolerance. */
export function assertAllClose(
  actual: Arrays,
  expected: Arrays,
  what: string,
  tolerance = 1e-4,
  floor = roundingFloor,
) {
  for (const [name, values] of Object.entries(expected)) {
    assert.ok(actual[name], `${what}: ${name} is missing`);
    assertClose(actual[name], values, `${what} ${name}`, tolerance, floor);
  }
}
