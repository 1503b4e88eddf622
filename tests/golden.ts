import assert from "node:assert/strict";
import type { Arrays } from "../lib/engine/array_spec.ts";

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
export function flat(values: Nested): Float32Array {
  const numbers = (nested: Nested): number[] =>
    typeof nested === "number" ? [nested] : nested.flatMap(numbers);
  return Float32Array.from(numbers(values));
}

function transposed(values: Nested): Float32Array {
  const rows = values as number[][];
  return flat(rows[0].map((_, column) => rows.map((row) => row[column])));
}

const sublayers: Record<string, string> = {
  "multi_head_attention.query": "attention.query",
  "multi_head_attention.key": "attention.key",
  "multi_head_attention.value": "attention.value",
  "multi_head_attention.dense": "attention.output",
  "multi_head_attention.LayerNorm": "attention.norm",
  "feed_forward.dense_1": "feedForward.inner",
  "feed_forward.dense_2": "feedForward.outer",
  "feed_forward.LayerNorm": "feedForward.norm",
};

/**
 * Translates the reference's tensors to our names and layouts.
 *
 * PyTorch's linear weights are [out, in], ours [in, out]; its experts are separate, ours stand side by side.
 */
export function translate(tensors: GoldenTensors): Arrays {
  const arrays: Arrays = {};
  const experts: number[][][] = [];
  const biases: number[][] = [];
  for (const [name, values] of Object.entries(tensors)) {
    const layer = /^trm_encoder\.layer\.(\d+)\.(.*)\.(weight|bias)$/.exec(name);
    const expert = /^moe_adaptor\.experts\.(\d+)\.(.*)$/.exec(name);
    if (layer) {
      const [, index, sublayer, kind] = layer;
      const ours = `encoder.layers.${index}.${sublayers[sublayer]}`;
      const isNorm = sublayer.endsWith("LayerNorm");
      if (kind === "bias") arrays[`${ours}.bias`] = flat(values);
      else if (isNorm) arrays[`${ours}.gain`] = flat(values);
      else arrays[`${ours}.kernel`] = transposed(values);
    } else if (expert) {
      if (expert[2] === "bias") biases[Number(expert[1])] = values as number[];
      else experts[Number(expert[1])] = values as number[][];
    } else if (name === "item_embedding.weight") arrays["items.embedding"] = flat(values);
    else if (name === "position_embedding.weight") arrays["positions.embedding"] = flat(values);
    else if (name === "LayerNorm.weight") arrays["input.norm.gain"] = flat(values);
    else if (name === "LayerNorm.bias") arrays["input.norm.bias"] = flat(values);
    else if (name === "moe_adaptor.w_gate") arrays["adaptor.gate.kernel"] = flat(values);
    else if (name === "moe_adaptor.w_noise") arrays["adaptor.noise.kernel"] = flat(values);
    else assert.fail(`the reference has a tensor of an unknown name: ${name}`);
  }
  if (experts.length > 0) arrays["adaptor.experts.kernel"] = transposed(experts.flat());
  if (biases.length > 0) arrays["adaptor.experts.bias"] = flat(biases);
  return arrays;
}

/** What float32 makes of a number that is 0 in exact arithmetic, such as the gradient of a key's bias. */
const roundingFloor = 1e-7;

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
