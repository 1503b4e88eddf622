import * as tf from "@tensorflow/tfjs";
import { pick } from "../nn/pick.ts";

/**
 * Ranks each row's target among all items where the scores are computed, so that not they but the ranks come back.
 *
 * @param scores `[rows, items]`
 * @param targets int32 `[rows]`
 * @param order which of two items with the same score comes first: the one with the smaller number. int32 `[items]`
 * @returns `ranks`, 0-based, int32 `[rows]`; and what tells whether all scores of a row are finite: `comparable`, the
 *   number of items whose score is above the target's or not, and `largest`, the highest score, both `[rows]`
 */
export function rankTargets(
  scores: tf.Tensor2D,
  targets: tf.Tensor,
  order: tf.Tensor,
): { ranks: tf.Tensor; comparable: tf.Tensor; largest: tf.Tensor } {
  const own = tf.expandDims(pick(scores, targets), 1); // [rows, 1]
  const place = tf.expandDims(tf.gather(order, targets as tf.Tensor1D), 1); // [rows, 1]
  // each is 0 or 1, so that the sums are exact as long as there are less than 2²⁴ items
  const above = count(tf.greater(scores, own));
  const notAbove = count(tf.lessEqual(scores, own));
  const before = count(tf.logicalAnd(tf.equal(scores, own), tf.less(tf.expandDims(order, 0), place)));
  return {
    ranks: tf.cast(tf.add(above, before), "int32"),
    comparable: tf.add(above, notAbove),
    largest: tf.max(scores, 1),
  };
}

/** Returns how many of each row are true. `[rows, items]` → `[rows]` */
function count(isTrue: tf.Tensor): tf.Tensor {
  return tf.sum(tf.cast(isTrue, "float32"), 1);
}
