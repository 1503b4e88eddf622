import * as tf from "@tensorflow/tfjs";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** Lists the parameters of a linear layer: `kernel` [inputs, outputs] and `bias` [outputs]. */
export function linearSpecs(
  name: string,
  inputs: number,
  outputs: number,
  initial: "normal" | "xavier" = "normal",
): ParameterSpecs {
  return {
    [`${name}.kernel`]: { shape: [inputs, outputs], initial },
    [`${name}.bias`]: { shape: [outputs], initial: "zeros" },
  };
}

/** Returns x · kernel + bias. `[rows, inputs]` → `[rows, outputs]` */
export function linear(x: tf.Tensor, parameters: Parameters, name: string): tf.Tensor {
  return tf.fused.matMul({
    a: x as tf.Tensor2D,
    b: parameters[`${name}.kernel`] as tf.Tensor2D,
    bias: parameters[`${name}.bias`],
  });
}
