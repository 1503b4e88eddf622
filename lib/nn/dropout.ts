import * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../engine/noise.ts";

/** Sets values to 0 with probability `rate` and scales the others up; without noise (evaluation) nothing happens. */
export function dropout(x: tf.Tensor, rate: number, noise: NoiseSource | null): tf.Tensor {
  return noise && rate > 0 ? tf.mul(x, noise.dropoutMask(x.shape, rate)) : x;
}
