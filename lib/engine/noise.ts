import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "./tensor.ts";
import { bytes, type Generator, normals } from "../random.ts";
import { type Arrays, type ArraySpec, sizeOf } from "./array_spec.ts";
import { asTensor, emit, recordingFor, scalar } from "./recorder.ts";

/** One random array that a computation takes as an input. */
export type NoiseSpec =
  & ArraySpec
  & { name: string }
  & (
    /** Bytes that are 1 where a value is kept and 0 where it is dropped. */
    | { kind: "keep"; type: "uint8"; keepProbability: number }
    /** Independent normal numbers with mean 0 and variance 1. */
    | { kind: "normal"; type: "float32" }
  );

/** Where a computation gets its random tensors from: they are inputs, drawn outside, so that every run repeats. */
export interface NoiseSource {
  /**
   * Returns a dropout mask: 0 with probability `rate`, else 1 / (1 − rate), so that the mean is 1.
   *
   * The rate is rounded to 1/256, up to 255/256, and the scale fits the rounded rate.
   */
  dropoutMask(shape: readonly number[], rate: number): Tensor;
  /** Returns independent normal numbers with mean 0 and variance 1. */
  normal(shape: readonly number[]): Tensor;
}

/** Dropout rates are multiples of this: one random byte decides about one value. */
const rateStep = 1 / 256;

function scaled(keep: tf.Tensor, scale: number): tf.Tensor {
  // one operator instead of a cast and a product
  if (recordingFor()) {
    return asTensor(emit("DequantizeLinear", [{ ...keep }, scalar(scale)], keep.shape, "float32"));
  }
  return tf.mul(tf.cast(keep, "float32"), scale);
}

/**
 * Makes a noise source that asks `provide` for each random array, and lists what was asked for in `specs`.
 *
 * @param provide returns the tensor for a spec: a graph input while recording, given numbers in an eager run
 */
export function createNoiseSource(
  provide: (spec: NoiseSpec) => tf.Tensor,
  specs: NoiseSpec[] = [],
): NoiseSource {
  const ask = (spec: NoiseSpec) => {
    specs.push(spec);
    return provide(spec);
  };
  return {
    dropoutMask(shape, rate) {
      const keepProbability = Math.max(rateStep, 1 - Math.round(rate / rateStep) * rateStep);
      const name = `noise/${specs.length}`;
      return scaled(ask({ name, kind: "keep", shape, type: "uint8", keepProbability }), 1 / keepProbability);
    },
    normal: (shape) => ask({ name: `noise/${specs.length}`, kind: "normal", shape, type: "float32" }),
  };
}

/** Draws the arrays that a computation needs, in the order in which it asks for them. */
export function drawNoise(specs: readonly NoiseSpec[], generator: Generator): Arrays {
  const arrays: Arrays = {};
  for (const spec of specs) {
    const size = sizeOf(spec.shape);
    arrays[spec.name] = spec.kind === "normal"
      ? normals(generator, size)
      : keepMask(generator, size, spec.keepProbability);
  }
  return arrays;
}

function keepMask(generator: Generator, size: number, keepProbability: number): Uint8Array {
  const values = bytes(generator, size);
  const threshold = Math.round((1 - keepProbability) / rateStep);
  // the sign of the difference instead of a comparison: a processor cannot guess where a random branch goes
  for (let i = 0; i < size; i++) values[i] = (threshold - 1 - values[i]) >>> 31;
  return values;
}
