import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  assertGradients,
  assertResult,
  floats,
  integers,
  type Point,
  randomFloats,
} from "../../../tests/check_gradients.ts";
import { binaryCrossEntropies } from "./binary_cross_entropy.ts";

const offset = -0.75;

const compute: Point["compute"] = ({ queries, candidates, targets }) =>
  binaryCrossEntropies(queries, candidates, targets, offset);

/** The same from tfjs's own operations, with its own gradients and the matrix of truths. */
const plain: Point["compute"] = ({ queries, candidates, targets }) => {
  const logits = tf.add(tf.matMul(queries, candidates, false, true), offset);
  const order = tf.range(0, candidates.shape[0], 1, "int32");
  const truths = tf.cast(tf.equal(tf.expandDims(targets, 1), order), "float32");
  return tf.sum(tf.sub(tf.softplus(logits), tf.mul(truths, logits)), 1);
};

/** Queries and candidates of width 1, so that a logit is the product of two numbers. */
const pointOf = (queries: number[], candidates: number[], targets: number[]): Point => ({
  variables: {
    queries: floats([queries.length, 1], queries),
    candidates: floats([candidates.length, 1], candidates),
  },
  constants: { targets: integers(targets) },
  compute,
});

/** The definition, in double precision. */
function lossOf(query: number, candidates: number[], target: number): number {
  return candidates.reduce((sum, candidate, i) => {
    const probability = 1 / (1 + Math.exp(-query * candidate - offset));
    return sum - Math.log(i === target ? probability : 1 - probability);
  }, 0);
}

Deno.test("the binary cross-entropies' gradients equal central differences and tfjs's own", () =>
  assertGradients({
    variables: { queries: randomFloats([4, 3]), candidates: randomFloats([5, 3], 2) },
    // a target that two queries share
    constants: { targets: integers([2, 0, 2, 4]) },
    compute,
  }, plain));

const numbers = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);

Deno.test("each query's loss is the sum of −log p of the target and −log (1 − p) of the others", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(numbers, { minLength: 1, maxLength: 6 }),
      fc.array(numbers, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      async (candidates, queries, seed) => {
        const targets = queries.map((_, i) => (seed + i) % candidates.length);
        const expected = queries.map((query, i) => lossOf(query, candidates, targets[i]));
        await assertResult(pointOf(queries, candidates, targets), expected, 1e-5);
      },
    ),
    { numRuns: 30 },
  ));

Deno.test("large scores neither overflow nor vanish", () =>
  assertResult(pointOf([200, -200], [1, -1], [1, 1]), [400, 0], 1e-6));
