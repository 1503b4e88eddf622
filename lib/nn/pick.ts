import * as tf from "@tensorflow/tfjs";

/** Returns each row's value in its own column. `[rows, columns]`, int32 `[rows]` → `[rows]` */
export function pick(x: tf.Tensor, columns: tf.Tensor): tf.Tensor {
  return tf.gatherND(x, tf.stack([tf.range(0, x.shape[0], 1, "int32"), columns], 1));
}
