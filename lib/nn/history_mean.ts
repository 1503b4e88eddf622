import * as tf from "@tensorflow/tfjs";
import { visibleSlots } from "./attention.ts";
import type { PackedInput } from "./transformer_encoder.ts";

/**
 * Gives every slot of a packed batch the mean over its segment, up to and with itself.
 *
 * @param x `[rows · length, width]`
 * @returns `[rows · length, width]`
 */
export function historyMean(
  x: tf.Tensor,
  { segments, positions }: Pick<PackedInput, "segments" | "positions">,
  length: number,
): tf.Tensor {
  const [slots, width] = x.shape;
  const rows = slots / length;
  const seen = tf.reshape(visibleSlots(segments, length), [rows, length, length]);
  const sums = tf.matMul(seen, tf.reshape(x, [rows, length, width!])); // [rows, length, width]
  const counts = tf.add(tf.cast(positions, "float32"), 1); // [slots]
  return tf.div(tf.reshape(sums, [slots, width!]), tf.expandDims(counts, 1));
}
