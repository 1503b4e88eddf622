import * as tf from "@tensorflow/tfjs";

/**
 * Returns Σ over all candidates of the binary cross-entropy between σ(query · candidate + offset) and whether it is the
 * target.
 *
 * Each query has one candidate that is true of it. With logits z this is Σ log(1 + exp z) − z[target]: no one-hot matrix
 * is made, and of the large [queries, candidates] matrices one beside the logits at a time.
 *
 * @param queries `[queries, hidden]`
 * @param candidates `[candidates, hidden]`
 * @param targets the true candidate of each query, int32 `[queries]`
 * @param offset what every logit is more than the dot product
 * @returns `[queries]`
 */
export function binaryCrossEntropies(
  queries: tf.Tensor,
  candidates: tf.Tensor,
  targets: tf.Tensor,
  offset: number,
): tf.Tensor {
  const [count] = candidates.shape;
  const losses = tf.customGrad((...args) => {
    const [queries, candidates] = args as tf.Tensor[];
    const save = args[2] as tf.GradSaveFunc;
    const logits = tf.add(tf.matMul(queries, candidates, false, true), offset); // [queries, candidates]
    const own = tf.gather(candidates, targets as tf.Tensor1D); // [queries, hidden]
    save([queries, candidates, own, logits]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [queries, candidates, own, logits] = saved;
      const probabilities = tf.sigmoid(logits);
      const scale = tf.expandDims(dy, 1); // [queries, 1]
      const expected = tf.matMul(probabilities, candidates); // [queries, hidden]
      const scaled = tf.mul(queries, scale);
      const towardsQueries = tf.matMul(probabilities, scaled, true); // [candidates, hidden]
      return [
        tf.mul(scale, tf.sub(expected, own)),
        tf.sub(towardsQueries, tf.unsortedSegmentSum(scaled, targets as tf.Tensor1D, count)),
      ];
    };
    const ownLogits = tf.add(tf.sum(tf.mul(queries, own), 1), offset); // [queries]
    const value = tf.sub(tf.sum(tf.softplus(logits), 1), ownLogits);
    return { value, gradFunc };
  });
  return losses(queries, candidates);
}
