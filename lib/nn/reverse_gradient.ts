import * as tf from "@tensorflow/tfjs";

/**
 * Returns x as it is; its gradient comes back with the other sign, times `weight` (Ganin and Lempitsky, 2015).
 *
 * What reads the result learns as usual; what made x unlearns what helps it.
 */
export function reverseGradient(x: tf.Tensor, weight: number): tf.Tensor {
  const reverse = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => tf.mul(dy, -weight),
  }));
  return reverse(x);
}
