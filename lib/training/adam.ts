import * as tf from "@tensorflow/tfjs";

const decayFirst = 0.9;
const decaySecond = 0.999;
const epsilon = 1e-8;

/**
 * What Adam keeps for a parameter between steps, of the parameter's shape.
 *
 * Both are decayed sums, without the customary factors (1 − β), which `adamScalars` accounts for: two operations per
 * parameter and step less.
 */
export interface Moments {
  /** Σ 0.9ᵏ · gradient, over the steps so far. */
  first: tf.Tensor;
  /** Σ 0.999ᵏ · gradient², over the steps so far. */
  second: tf.Tensor;
}

/** The two numbers that change from step to step. */
export interface AdamScalars {
  stepSize: number;
  epsilon: number;
}

/**
 * Returns the scalars with which `adam` makes exactly PyTorch's update, bias corrections included.
 *
 * @param step counted from 1
 */
export function adamScalars(learningRate: number, step: number): AdamScalars {
  const firstScale = (1 - decayFirst) / (1 - decayFirst ** step);
  const secondScale = Math.sqrt((1 - decaySecond) / (1 - decaySecond ** step));
  return { stepSize: learningRate * firstScale / secondScale, epsilon: epsilon / secondScale };
}

/** Updates one parameter with Adam (Kingma and Ba, 2015): no weight decay, no clipping. */
export function adam(
  parameter: tf.Tensor,
  gradient: tf.Tensor,
  moments: Moments,
  scalars: Record<keyof AdamScalars, tf.Tensor>,
): { parameter: tf.Tensor; moments: Moments } {
  const first = tf.add(tf.mul(moments.first, decayFirst), gradient);
  const second = tf.add(tf.mul(moments.second, decaySecond), tf.square(gradient));
  const direction = tf.div(first, tf.add(tf.sqrt(second), scalars.epsilon));
  return {
    parameter: tf.sub(parameter, tf.mul(direction, scalars.stepSize)),
    moments: { first, second },
  };
}
