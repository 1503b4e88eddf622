import * as tf from "@tensorflow/tfjs";
import { logNormaliser } from "./log_normaliser.ts";

/**
 * What becomes of an instance of the batch that is no real negative, such as one with the same target.
 *
 * `leave out`: it is not among the negatives. `zero logit`: its logit is set to 0, so that it adds 1 to the
 * denominator, as in the authors' released code.
 */
export type FalseNegatives = "leave out" | "zero logit";

/** Added to the logit of an instance that is left out: its probability becomes exactly 0. */
const leftOut = -10000;

/**
 * Marks the pairs of instances that must not be each other's negatives: those that have an equal number in a list.
 *
 * @param labels for example the target items and the users of the batch's instances; int32 `[instances]` each
 * @returns 1 where a pair of different instances shares a label, else 0; `[instances, instances]`
 */
export function falseNegatives(...labels: tf.Tensor[]): tf.Tensor {
  const [count] = labels[0].shape;
  const order = tf.range(0, count, 1, "int32");
  const pairs = (values: tf.Tensor) => tf.equal(tf.expandDims(values, 1), tf.expandDims(values, 0));
  const shared = labels.map(pairs).reduce((either, pair) => tf.logicalOr(either, pair));
  return tf.cast(tf.logicalAnd(shared, tf.logicalNot(pairs(order))), "float32");
}

/**
 * Returns −log (exp(query · positive) / Σ exp(query · positive′)) of each instance, the in-batch contrast of Eqs. 8, 9.
 *
 * @param queries normalised and divided by the temperature, `[instances, hidden]`
 * @param positives normalised; row i is the positive of query i and a negative of the others, `[instances, hidden]`
 * @param notNegative from `falseNegatives`, `[instances, instances]`
 * @param weights of the instances in the loss; one with weight 0 is nobody's negative. `[instances]`
 * @returns `[instances]`
 */
export function contrastiveLosses(
  queries: tf.Tensor,
  positives: tf.Tensor,
  notNegative: tf.Tensor,
  weights: tf.Tensor,
  treatment: FalseNegatives,
): tf.Tensor {
  const [count] = queries.shape;
  const logits = tf.matMul(queries, positives, false, true); // [instances, instances]
  const padding = tf.expandDims(tf.cast(tf.equal(weights, 0), "float32"), 0); // [1, instances]
  const masked = treatment === "leave out"
    ? tf.add(logits, tf.mul(tf.maximum(notNegative, padding), leftOut))
    : tf.add(tf.mul(logits, tf.sub(1, notNegative)), tf.mul(padding, leftOut));
  const positive = tf.sum(tf.mul(queries, positives), 1); // [instances]
  return tf.sub(logSumExp(masked, count), positive);
}

/** Returns log Σ exp of each row, `[rows, columns]` → `[rows]`; its gradient is the softmax. */
function logSumExp(logits: tf.Tensor, rows: number): tf.Tensor {
  const compute = tf.customGrad((...args) => {
    const logits = args[0] as tf.Tensor;
    const save = args[1] as tf.GradSaveFunc;
    const probabilities = tf.softmax(logits);
    save([probabilities]);
    const value = logNormaliser(logits, probabilities);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0], tf.reshape(dy, [rows, 1]));
    return { value, gradFunc };
  });
  return compute(logits);
}
