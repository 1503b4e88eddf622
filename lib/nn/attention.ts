import * as tf from "@tensorflow/tfjs";
import type { NoiseSource } from "../engine/noise.ts";
import { dropout } from "./dropout.ts";
import { linear, linearSpecs } from "./linear.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** Lists the parameters of self-attention: four linear layers `query`, `key`, `value`, `output`. */
export function attentionSpecs(name: string, hiddenSize: number): ParameterSpecs {
  return Object.assign(
    {},
    ...["query", "key", "value", "output"].map((part) =>
      linearSpecs(`${name}.${part}`, hiddenSize, hiddenSize)
    ),
  );
}

/** What is added to the score of a pair that may not attend: its probability becomes exactly 0. */
const forbidden = -10000;

/**
 * Tells which positions a position sees: itself and earlier ones of its own segment.
 *
 * @param segments which segment each slot of the packed batch belongs to, int32 `[rows · length]`
 * @param causal false lets a position also see later ones of its segment
 * @returns 1 where one is seen, 0 elsewhere; `[rows, 1, length, length]`
 */
export function visibleSlots(segments: tf.Tensor, length: number, causal = true): tf.Tensor {
  const rows = segments.shape[0] / length;
  const queries = tf.reshape(segments, [rows, 1, length, 1]);
  const keys = tf.reshape(segments, [rows, 1, 1, length]);
  const same = tf.cast(tf.equal(queries, keys), "float32"); // [rows, 1, length, length]
  const earlier = Float32Array.from(
    { length: length * length },
    (_, at) => at % length <= Math.floor(at / length) ? 1 : 0,
  );
  return causal ? tf.mul(same, tf.tensor(earlier, [1, 1, length, length])) : same;
}

/**
 * Returns what to add to attention scores so that a position attends to those alone that it sees.
 *
 * @param segments which segment each slot of the packed batch belongs to, int32 `[rows · length]`
 * @param causal false lets a position also see later ones of its segment
 * @returns 0 where attention is allowed, −10000 elsewhere; `[rows, 1, length, length]`
 */
export function attentionMask(segments: tf.Tensor, length: number, causal = true): tf.Tensor {
  return tf.mul(tf.sub(1, visibleSlots(segments, length, causal)), forbidden);
}

/** Sizes of self-attention. */
export interface AttentionConfig {
  heads: number;
  /** Probability with which an attention weight, or a number of the output, is dropped in training. */
  dropout: number;
}

/**
 * Multi-head self-attention over the rows of a packed batch (MHAttn in Eq. 7).
 *
 * @param x `[rows · length, hidden]`
 * @param mask from `attentionMask`
 * @returns `[rows · length, hidden]`
 */
export function selfAttention(
  x: tf.Tensor,
  mask: tf.Tensor,
  parameters: Parameters,
  name: string,
  { heads, dropout: rate }: AttentionConfig,
  noise: NoiseSource | null,
): tf.Tensor {
  const [rows, , length] = mask.shape;
  const hiddenSize = x.shape[1]!;
  const width = hiddenSize / heads;
  const project = (part: string) => {
    const projected = linear(x, parameters, `${name}.${part}`); // [rows · length, hidden]
    return tf.transpose(tf.reshape(projected, [rows, length, heads, width]), [0, 2, 1, 3]); // [rows, heads, length, width]
  };
  const scores = tf.matMul(project("query"), project("key"), false, true); // [rows, heads, length, length]
  const weights = tf.softmax(tf.add(tf.mul(scores, 1 / Math.sqrt(width)), mask));
  const mixed = tf.matMul(dropout(weights, rate, noise), project("value")); // [rows, heads, length, width]
  const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [rows * length, hiddenSize]);
  return dropout(linear(joined, parameters, `${name}.output`), rate, noise);
}
