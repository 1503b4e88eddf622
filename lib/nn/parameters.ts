import { type Arrays, sizeOf } from "../engine/array_spec.ts";
import { type Generator, normals } from "../random.ts";
import type { Tensor } from "../engine/tensor.ts";

/** Shape and starting value of one parameter. */
export interface ParameterSpec {
  /** Extents, outermost first. */
  shape: readonly number[];
  /**
   * `normal`: N(0, 0.02), as in BERT. `xavier`: N(0, √(2 / (inputs + outputs))) for a kernel [inputs, outputs], which
   * keeps the size of what goes through it (Glorot and Bengio, 2010).
   */
  initial: "normal" | "xavier" | "zeros" | "ones";
  /**
   * How many of its rows, from the first on, belong to an item each; left out where none does. A step that does not need
   * all items reads and changes the rows of those that it needs, and all rows behind the items'.
   */
  itemRows?: number;
}

/** A model's parameters by their stable names, for example `encoder.layers.0.attention.query.kernel`. */
export type ParameterSpecs = Record<string, ParameterSpec>;

/** The parameters as tensors, inside a computation. */
export type Parameters = Record<string, Tensor>;

/** The standard deviation of every normally initialised parameter. */
const initialDeviation = 0.02;

/** Draws a model's starting parameters, in the order in which the model lists them. */
export function initialiseParameters(specs: ParameterSpecs, generator: Generator): Arrays {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, initial }]) => [
      name,
      initial === "normal"
        ? normals(generator, sizeOf(shape), initialDeviation)
        : initial === "xavier"
        ? normals(generator, sizeOf(shape), Math.sqrt(2 / (shape[0] + shape[1])))
        : new Float32Array(sizeOf(shape)).fill(initial === "ones" ? 1 : 0),
    ]),
  );
}

/** Returns how many numbers a model's parameters hold. */
export function countParameters(specs: ParameterSpecs): number {
  return Object.values(specs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}
