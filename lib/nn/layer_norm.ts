import * as tf from "@tensorflow/tfjs";
import { asTensor, emitAll, recordingFor } from "../engine/recorder.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** Lists the parameters of a layer norm: `gain` and `bias`, both [width]. */
export function layerNormSpecs(name: string, width: number): ParameterSpecs {
  return {
    [`${name}.gain`]: { shape: [width], initial: "ones" },
    [`${name}.bias`]: { shape: [width], initial: "zeros" },
  };
}

/** Added to the variance; as small as the reference's. */
const epsilon = 1e-12;

/** Returns the normalised rows times gain plus bias, and each row's mean and 1 / standard deviation. */
function forward(x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor): tf.Tensor[] {
  const [rows] = x.shape;
  if (recordingFor()) {
    // one fused operator instead of nine
    const shapes = [x.shape, [rows, 1], [rows, 1]];
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    return emitAll("LayerNormalization", [x, gain, bias], shapes, "float32", attributes).map(asTensor);
  }
  const { mean, variance } = tf.moments(x, -1, true);
  const inverse = tf.rsqrt(tf.add(variance, epsilon)); // [rows, 1]
  const normalised = tf.mul(tf.sub(x, mean), inverse);
  return [tf.add(tf.mul(normalised, gain), bias), mean, inverse];
}

/**
 * Normalises each row to mean 0 and variance 1, then scales and shifts it.
 *
 * @param x `[rows, width]`
 * @returns `[rows, width]`
 */
export function layerNorm(x: tf.Tensor, parameters: Parameters, name: string): tf.Tensor {
  const normalise = tf.customGrad((...args) => {
    const [x, gain, bias] = args as tf.Tensor[];
    const save = args[3] as tf.GradSaveFunc;
    const [value, mean, inverse] = forward(x, gain, bias);
    save([x, gain, mean, inverse]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [x, gain, mean, inverse] = saved;
      const normalised = tf.mul(tf.sub(x, mean), inverse);
      const scaled = tf.mul(dy, gain);
      const along = tf.mean(tf.mul(scaled, normalised), -1, true); // [rows, 1]
      const centred = tf.sub(tf.sub(scaled, tf.mean(scaled, -1, true)), tf.mul(normalised, along));
      return [tf.mul(inverse, centred), tf.sum(tf.mul(dy, normalised), 0), tf.sum(dy, 0)];
    };
    return { value, gradFunc };
  });
  return normalise(x, parameters[`${name}.gain`], parameters[`${name}.bias`]);
}
