import * as tf from "@tensorflow/tfjs";

/** Keeps the square root's gradient finite for a row of zeros. */
const smallestSquare = 1e-24;

/** Scales each row to Euclidean length 1. `[rows, width]` → `[rows, width]`; a row of zeros stays one. */
export function normaliseRows(x: tf.Tensor): tf.Tensor {
  const squares = tf.sum(tf.square(x), -1, true); // [rows, 1]
  return tf.mul(x, tf.rsqrt(tf.maximum(squares, smallestSquare)));
}
