import * as tf from "@tensorflow/tfjs";

/**
 * Gives every slot of a packed batch what stands `steps` slots before it in its segment, and zeros where there is none.
 *
 * @param x `[slots, width]`
 * @param positions each slot's place in its segment, int32 `[slots]`
 * @returns `[slots, width]`
 */
export function shift(x: tf.Tensor, positions: tf.Tensor, steps: number): tf.Tensor {
  if (steps === 0) return x;
  if (steps >= x.shape[0]) return tf.zerosLike(x);
  const before = tf.slice(x, [0, 0], [x.shape[0] - steps, -1]);
  const moved = tf.pad(before, [[steps, 0], [0, 0]]); // [slots, width]
  const inside = tf.cast(tf.greaterEqual(positions, steps), "float32"); // [slots]
  return tf.mul(moved, tf.expandDims(inside, 1));
}
