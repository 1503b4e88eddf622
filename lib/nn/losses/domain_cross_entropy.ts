import * as tf from "@tensorflow/tfjs";
import { itemCrossEntropy } from "./item_cross_entropy.ts";

/** What is added to the score of an item of another domain: its probability becomes exactly 0. */
const forbidden = -10000;

/** Which domain each row belongs to, from 0; −1 for none. int32 `[rows]` → `[rows, domains]`, 1 or 0 */
function membership(domainOfRow: tf.Tensor, domains: number): tf.Tensor {
  return tf.cast(tf.equal(tf.expandDims(domainOfRow, 1), tf.range(0, domains, 1, "int32")), "float32");
}

/**
 * Returns Σ weight · −log softmax(query · candidatesᵀ)[target], taken over the candidates of the query's own domain.
 *
 * The domains become further columns of both sides, so that no mask of the size of the logits is made.
 *
 * @param queries `[queries, hidden]`
 * @param candidates `[candidates, hidden]`
 * @param targets the true candidate of each query, int32 `[queries]`
 * @param weights `[queries]`; 0 leaves a query out
 * @param owners the domain of each query, int32 `[queries]`, and of each candidate, int32 `[candidates]`, −1 for a
 *   candidate of no query
 * @param domains how many there are
 * @returns a scalar
 */
export function domainCrossEntropy(
  queries: tf.Tensor,
  candidates: tf.Tensor,
  targets: tf.Tensor,
  weights: tf.Tensor,
  owners: { queries: tf.Tensor; candidates: tf.Tensor },
  domains: number,
): tf.Tensor {
  const foreign = tf.mul(tf.sub(1, membership(owners.candidates, domains)), forbidden); // [candidates, domains]
  return itemCrossEntropy(
    tf.concat([queries, membership(owners.queries, domains)], 1),
    tf.concat([candidates, foreign], 1),
    targets,
    weights,
  );
}
