import * as tf from "@tensorflow/tfjs";

/**
 * Gives every slot of a packed batch what stands at the last slot of its segment.
 *
 * @param x `[rows · length, width]`
 * @param segments which segment each slot belongs to, int32 `[rows · length]`; a segment lies in one row
 * @returns `[rows · length, width]`
 */
export function atSegmentEnds(x: tf.Tensor, segments: tf.Tensor, length: number): tf.Tensor {
  const [slots, width] = x.shape;
  const rows = slots / length;
  const own = tf.reshape(segments, [rows, length, 1]);
  const other = tf.reshape(segments, [rows, 1, length]);
  const same = tf.cast(tf.equal(own, other), "float32"); // [rows, length, length]
  const later = tf.tensor(
    Float32Array.from({ length: length * length }, (_, at) => at % length > Math.floor(at / length) ? 1 : 0),
    [1, length, length],
  );
  const isEnd = tf.cast(tf.equal(tf.sum(tf.mul(same, later), 2), 0), "float32"); // [rows, length]
  const end = tf.mul(same, tf.reshape(isEnd, [rows, 1, length])); // [rows, length, length]
  return tf.reshape(tf.matMul(end, tf.reshape(x, [rows, length, width!])), [slots, width!]);
}
