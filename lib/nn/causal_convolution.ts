import * as tf from "@tensorflow/tfjs";
import { linear, linearSpecs } from "./linear.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";
import { shift } from "./shift.ts";

/** How many slots a convolution reads. */
const size = 3;

/** Lists the parameters of a causal convolution: a `kernel` [3 · inputs, outputs], the earliest slot first, and a `bias`. */
export function causalConvolutionSpecs(name: string, inputs: number, outputs: number): ParameterSpecs {
  return linearSpecs(name, size * inputs, outputs);
}

/**
 * Convolves the segments of a packed batch with kernels of three slots: the slot itself and two earlier ones, each
 * `dilation` before the next. Before a segment's start stand zeros.
 *
 * @param x `[slots, inputs]`
 * @param positions each slot's place in its segment, int32 `[slots]`
 * @returns `[slots, outputs]`
 */
export function causalConvolution(
  x: tf.Tensor,
  positions: tf.Tensor,
  dilation: number,
  parameters: Parameters,
  name: string,
): tf.Tensor {
  const read = Array.from({ length: size }, (_, i) => shift(x, positions, (size - 1 - i) * dilation));
  return linear(tf.concat(read, 1), parameters, name); // of [slots, 3 · inputs]
}
