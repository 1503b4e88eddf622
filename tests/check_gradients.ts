import * as tf from "@tensorflow/tfjs";
import { type Arrays, type ArraySpec, type NumberArray, sizeOf } from "../lib/engine/array_spec.ts";
import { drawNoise, type NoiseSource } from "../lib/engine/noise.ts";
import type { Computation, Engine } from "../lib/engine/program.ts";
import { createGenerator, normals } from "../lib/random.ts";
import { engines } from "./compare_engines.ts";
import { assertAllClose, assertClose } from "./golden.ts";

/** Numbers with their shape and type. */
export type Given = ArraySpec & { values: NumberArray };

/** A differentiable function at one point. */
export interface Point {
  /** What gradients are taken of. */
  variables: Record<string, Given>;
  /** Further inputs. */
  constants?: Record<string, Given>;
  compute(inputs: Record<string, tf.Tensor>, noise: NoiseSource): tf.Tensor;
}

/** Wraps numbers as an input of floats. */
export function floats(shape: number[], values: ArrayLike<number>): Given {
  return { shape, type: "float32", values: Float32Array.from(values) };
}

/** Wraps numbers as an input of integers without axes other than one. */
export function integers(values: ArrayLike<number>): Given {
  return { shape: [values.length], type: "int32", values: Int32Array.from(values) };
}

/** Draws normal numbers, the same ones for the same shape and seed. */
export function randomFloats(shape: number[], seed = 1): Given {
  return { shape, type: "float32", values: normals(createGenerator(seed), sizeOf(shape)) };
}

/** The weights of a function's results in the sum whose gradient is taken: each result has one of its own. */
const directionOf = (size: number) => Float32Array.from({ length: size }, (_, i) => Math.cos(1 + i));

async function compileAt({ variables, constants }: Point, engine: Engine, computation: Computation) {
  const given = { ...variables, ...constants };
  const program = await engine.compile(computation, given);
  const arrays = {
    ...Object.fromEntries(Object.entries(given).map(([name, { values }]) => [name, values])),
    ...drawNoise(program.noise, createGenerator(9)),
  };
  return { program, arrays };
}

const resultOf = ({ compute }: Point): Computation => (inputs, noise) => ({ result: compute(inputs, noise) });

/** Returns the function's result, and by `gradient/name` the gradients of its weighted sum that tfjs derives. */
export async function derive(point: Point, engine: Engine): Promise<Arrays> {
  const names = Object.keys(point.variables);
  const { program, arrays } = await compileAt(point, engine, (inputs, noise) => {
    let result: tf.Tensor | null = null;
    const weighted = (...variables: tf.Tensor[]) => {
      const given = Object.fromEntries(names.map((name, i) => [name, variables[i]]));
      result = tf.keep(point.compute({ ...inputs, ...given }, noise));
      const direction = tf.tensor(directionOf(result.size), result.shape);
      return tf.sum(tf.mul(result, direction)) as tf.Scalar;
    };
    const gradients = tf.grads(weighted)(names.map((name) => inputs[name]));
    return {
      result: result!,
      ...Object.fromEntries(names.map((name, i) => [`gradient/${name}`, gradients[i]])),
    };
  });
  const found = await program.run(arrays);
  await program.release();
  return found;
}

/** How far the variables are moved. The error of the rule grows with its fourth power, that of rounding falls with it. */
const distance = 0.03;
/** What rounding makes of a difference that is 0 in exact arithmetic. */
const rounding = 2e-5;

/** Returns, by `gradient/name`, the gradients that central differences over five points give. */
export async function differentiate(point: Point, engine: Engine): Promise<Arrays> {
  const { program, arrays } = await compileAt(point, engine, resultOf(point));
  const valueAt = async (name: string, at: number, shift: number) => {
    const moved = Float32Array.from(arrays[name]);
    moved[at] += shift;
    const { result } = await program.run({ ...arrays, [name]: moved });
    const direction = directionOf(result.length);
    return Array.from(result).reduce((sum, value, i) => sum + value * direction[i], 0);
  };
  const gradients: Arrays = {};
  for (const [name, { values }] of Object.entries(point.variables)) {
    const gradient = new Float32Array(values.length);
    for (let at = 0; at < gradient.length; at++) {
      const near = await valueAt(name, at, distance) - await valueAt(name, at, -distance);
      const far = await valueAt(name, at, 2 * distance) - await valueAt(name, at, -2 * distance);
      gradient[at] = (8 * near - far) / (12 * distance);
    }
    gradients[`gradient/${name}`] = gradient;
  }
  await program.release();
  return gradients;
}

/**
 * Fails unless, on both engines, a function's gradients equal central differences.
 *
 * @param plain the same function in plain tfjs operations: result and gradients must equal its own
 */
export async function assertGradients(point: Point, plain?: Point["compute"]) {
  const expected = plain && await derive({ ...point, compute: plain }, engines.eager);
  for (const engine of Object.values(engines)) {
    const found = await derive(point, engine);
    assertAllClose(
      found,
      await differentiate(point, engine),
      `${engine.name} against differences`,
      2e-3,
      rounding,
    );
    if (expected) assertAllClose(found, expected, `${engine.name} against plain tfjs`, 1e-5);
  }
}

/** Returns the function's result. */
export async function evaluate(point: Point, engine: Engine): Promise<NumberArray> {
  const { program, arrays } = await compileAt(point, engine, resultOf(point));
  const { result } = await program.run(arrays);
  await program.release();
  return result;
}

/** Fails unless both engines give these results. */
export async function assertResult(point: Point, expected: ArrayLike<number>, floor?: number) {
  for (const engine of Object.values(engines)) {
    assertClose(await evaluate(point, engine), expected, engine.name, 1e-5, floor);
  }
}
