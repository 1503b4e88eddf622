import * as tf from "@tensorflow/tfjs";

/**
 * Returns log Σ exp of each row of logits, from the logits and their softmax, without a third matrix.
 *
 * The largest probability of a row is exp(0) / Σ exp(logit − max): so the sum is its reciprocal, and nothing overflows.
 *
 * @param logits `[rows, columns]`
 * @param probabilities softmax of the logits, `[rows, columns]`
 * @returns `[rows]`
 */
export function logNormaliser(logits: tf.Tensor, probabilities: tf.Tensor): tf.Tensor {
  return tf.sub(tf.max(logits, 1), tf.log(tf.max(probabilities, 1)));
}
