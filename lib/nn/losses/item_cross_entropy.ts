import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../engine/tensor.ts";
import { logNormaliser } from "./log_normaliser.ts";
import { pick } from "../pick.ts";
import { partedCrossEntropy } from "./parted_cross_entropy.ts";

/**
 * Returns Σ weight · −log softmax(query · candidatesᵀ)[target], the loss of predicting the next item among all.
 *
 * Written so that of the large [queries, candidates] matrices only the logits and the probabilities are ever made:
 * the normaliser needs no third one, and in the gradient the target's own part goes by row. Where they would be too large,
 * some queries are taken at a time (see `rowsAtOnce`): the same loss and gradients.
 *
 * @param queries `[queries, hidden]`
 * @param candidates `[candidates, hidden]`
 * @param targets the true candidate of each query, int32 `[queries]`
 * @param weights `[queries]`; 0 leaves a query out
 * @param corrections what is added to the logits, `[queries, candidates]`; nothing if left out
 * @returns a scalar
 */
export function itemCrossEntropy(
  queries: Tensor,
  candidates: Tensor,
  targets: Tensor,
  weights: Tensor,
  corrections?: Tensor,
): Tensor {
  const rows = rowsAtOnce(queries.shape[0], candidates.shape[0]);
  if (rows < queries.shape[0]) {
    return partedCrossEntropy(queries, candidates, targets, weights, corrections, rows);
  }
  const loss = tf.customGrad((...args) => {
    const [queries, candidates] = args as tf.Tensor[];
    const save = args[2] as tf.GradSaveFunc;
    const [count] = candidates.shape;
    const scores = tf.matMul(queries, candidates, false, true); // [queries, candidates]
    const logits = corrections ? tf.add(scores, corrections) : scores;
    const probabilities = tf.softmax(logits);
    save([queries, candidates, probabilities]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [queries, candidates, probabilities] = saved;
      const scale = tf.expandDims(tf.mul(weights, dy), 1); // [queries, 1]
      const expected = tf.matMul(probabilities, candidates); // [queries, hidden]
      const scaled = tf.mul(queries, scale);
      const towardsQueries = tf.matMul(probabilities, scaled, true); // [candidates, hidden]
      return [
        tf.mul(scale, tf.sub(expected, tf.gather(candidates, targets))),
        tf.sub(towardsQueries, tf.unsortedSegmentSum(scaled, targets as tf.Tensor1D, count)),
      ];
    };
    const losses = tf.sub(logNormaliser(logits, probabilities), pick(logits, targets)); // [queries]
    return { value: tf.sum(tf.mul(weights, losses)), gradFunc };
  });
  return loss(queries, candidates);
}

/** The most logits that are there at once: 2²⁶ take 256 MB, as much as 2,048 queries with 32,768 candidates have. */
const mostLogits = 2 ** 26;

/** Returns how many queries are taken at once, so that memory stays bounded however many candidates there are. */
export function rowsAtOnce(queries: number, candidates: number): number {
  return Math.max(1, Math.min(queries, Math.floor(mostLogits / candidates)));
}

/** Returns how many logits are there at once. */
export function scoresAtOnce(queries: number, candidates: number): number {
  return rowsAtOnce(queries, candidates) * candidates;
}
