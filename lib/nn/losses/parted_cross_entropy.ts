import * as tf from "@tensorflow/tfjs";
import { recordingFor } from "../../engine/recorder.ts";
import type { Tensor } from "../../engine/tensor.ts";
import { pick } from "../pick.ts";
import { logNormaliser } from "./log_normaliser.ts";

/**
 * Returns what `itemCrossEntropy` returns, some queries at a time: of the logits no more than `rows` rows are ever there.
 *
 * The gradients are made together with the loss, so that no logits are computed twice.
 *
 * @param rows how many queries are taken at a time
 */
export function partedCrossEntropy(
  queries: Tensor,
  candidates: Tensor,
  targets: Tensor,
  weights: Tensor,
  corrections: Tensor | undefined,
  rows: number,
): Tensor {
  const loss = tf.customGrad((...args) => {
    const [queries, candidates] = args as tf.Tensor2D[];
    const save = args[2] as tf.GradSaveFunc;
    const [count, width] = queries.shape;
    const losses: tf.Tensor[] = [];
    const expected: tf.Tensor[] = [];
    let towardsCandidates: tf.Tensor2D | null = null;
    for (let first = 0; first < count; first += rows) {
      const size = Math.min(rows, count - first);
      const before = towardsCandidates ? [towardsCandidates, losses.at(-1)!, expected.at(-1)!] : [];
      const part = after(before, tf.slice(queries, [first, 0], [size, width])); // [size, hidden]
      const own = tf.slice(targets as tf.Tensor1D, first, size);
      const scale = tf.expandDims(tf.slice(weights as tf.Tensor1D, first, size), 1); // [size, 1]
      const scores = tf.matMul(part, candidates, false, true); // [size, candidates]
      const logits = corrections ? tf.add(scores, tf.slice(corrections, [first, 0], [size, -1])) : scores;
      const probabilities = tf.softmax(logits) as tf.Tensor2D;
      losses.push(tf.sub(logNormaliser(logits, probabilities), pick(logits, own)));
      expected.push(tf.matMul(probabilities, candidates)); // [size, hidden]
      towardsCandidates = addProduct(towardsCandidates, probabilities, tf.mul(part, scale)); // [candidates, hidden]
    }
    const scales = tf.expandDims(weights, 1); // [queries, 1]
    save([
      tf.mul(scales, tf.sub(tf.concat(expected), tf.gather(candidates, targets))),
      tf.sub(
        towardsCandidates!,
        tf.unsortedSegmentSum(tf.mul(queries, scales), targets as tf.Tensor1D, candidates.shape[0]),
      ),
    ]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((gradient) => tf.mul(gradient, dy));
    return { value: tf.sum(tf.mul(weights, tf.concat(losses))), gradFunc };
  });
  return loss(queries, candidates);
}

/**
 * Returns a tensor as it is, made to depend on others: a graph has no other order, and ONNX Runtime would make the logits
 * of all parts before it needs them.
 */
function after(others: readonly tf.Tensor[], x: tf.Tensor2D): tf.Tensor2D {
  const firsts = others.map((other) => tf.slice(tf.reshape(other, [-1]), 0, 1)); // each [1]
  return firsts.reduce<tf.Tensor2D>((sum, first) => tf.add(sum, tf.mul(first, 0)), x);
}

/** Returns aᵀ · b + sum, in one operator where a graph is recorded: the sum is as large as the candidates. */
function addProduct(sum: tf.Tensor2D | null, a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  if (!sum) return tf.matMul(a, b, true);
  if (!recordingFor()) return tf.add(sum, tf.matMul(a, b, true));
  return tf.fused.matMul({ a, b, transposeA: true, bias: sum }) as tf.Tensor2D;
}
