import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  assertGradients,
  assertResult,
  derive,
  floats,
  integers,
  type Point,
  randomFloats,
} from "../../../tests/check_gradients.ts";
import { engines } from "../../../tests/compare_engines.ts";
import { itemCrossEntropy } from "./item_cross_entropy.ts";

const compute: Point["compute"] = ({ queries, candidates, targets, weights }) =>
  itemCrossEntropy(queries, candidates, targets, weights);

/** The same from tfjs's own operations, with its own gradients. */
const plain: Point["compute"] = ({ queries, candidates, targets, weights }) => {
  const probabilities = tf.logSoftmax(tf.matMul(queries, candidates, false, true));
  const own = tf.cast(
    tf.equal(tf.expandDims(targets, 1), tf.range(0, candidates.shape[0], 1, "int32")),
    "float32",
  );
  return tf.neg(tf.sum(tf.mul(weights, tf.sum(tf.mul(own, probabilities), 1))));
};

/** Queries and candidates of width 1, so that a logit is the product of two numbers. */
function pointOf(queries: number[], candidates: number[], targets: number[], weights: number[]): Point {
  return {
    variables: {
      queries: floats([queries.length, 1], queries),
      candidates: floats([candidates.length, 1], candidates),
    },
    constants: { targets: integers(targets), weights: floats([weights.length], weights) },
    compute,
  };
}

/** The loss in double precision. */
function lossOf(queries: number[], candidates: number[], targets: number[], weights: number[]): number {
  return queries.reduce((sum, query, row) => {
    const logits = candidates.map((candidate) => query * candidate);
    const largest = Math.max(...logits);
    const normaliser = largest +
      Math.log(logits.reduce((total, logit) => total + Math.exp(logit - largest), 0));
    return sum + weights[row] * (normaliser - logits[targets[row]]);
  }, 0);
}

Deno.test("the cross-entropy's gradients equal central differences and tfjs's own", () =>
  assertGradients({
    variables: { queries: randomFloats([4, 3]), candidates: randomFloats([5, 3], 2) },
    // a target that two queries share, a query that does not count
    constants: { targets: integers([2, 0, 2, 4]), weights: floats([4], [0.5, 0.25, 0.25, 0]) },
    compute,
  }, plain));

Deno.test("corrections are part of the logits, not of the gradients' products", () => {
  const corrected: Point["compute"] = ({ queries, candidates, targets, weights, corrections }) =>
    itemCrossEntropy(queries, candidates, targets, weights, corrections);
  const plainly: Point["compute"] = ({ queries, candidates, targets, weights, corrections }) => {
    const logits = tf.add(tf.matMul(queries, candidates, false, true), corrections);
    const own = tf.oneHot(tf.cast(targets, "int32"), candidates.shape[0]);
    return tf.neg(tf.sum(tf.mul(weights, tf.sum(tf.mul(tf.cast(own, "float32"), tf.logSoftmax(logits)), 1))));
  };
  return assertGradients({
    variables: { queries: randomFloats([4, 3]), candidates: randomFloats([5, 3], 2) },
    constants: {
      targets: integers([2, 0, 2, 4]),
      weights: floats([4], [0.5, 0.25, 0.25, 0]),
      corrections: randomFloats([4, 5], 3),
    },
    compute: corrected,
  }, plainly);
});

const numbers = fc.integer({ min: -64, max: 64 }).map((n) => n / 16);

Deno.test("the cross-entropy equals double precision and tfjs's gradients for any queries and candidates", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(numbers, { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(numbers, fc.nat(), fc.nat(4)), { minLength: 1, maxLength: 6 }),
      async (candidates, rows) => {
        const given = [
          rows.map(([query]) => query),
          candidates,
          rows.map(([, target]) => target % candidates.length),
          rows.map(([, , weight]) => weight / 4),
        ] as const;
        const point = pointOf(...given);
        // a small loss is the difference of logits of up to 16, each rounded to float32
        await assertResult(point, [lossOf(...given)], 1e-5);
        const expected = await derive({ ...point, compute: plain }, engines.eager);
        const found = await derive(point, engines.compiled);
        for (const [name, values] of Object.entries(expected)) {
          values.forEach((value, i) => assert.ok(Math.abs(value - found[name][i]) <= 1e-4, `${name} ${i}`));
        }
      },
    ),
    { numRuns: 30 },
  ));

Deno.test("logits of ±200 give an exact loss and finite gradients", async () => {
  const given = [[200, -200, 200, 0], [1, -1, 0], [1, 1, 0, 2], [1, 1, 1, 1]] as const;
  const [queries, candidates, targets, weights] = given.map((values) => [...values]);
  const point = pointOf(queries, candidates, targets, weights);
  await assertResult(point, [lossOf(queries, candidates, targets, weights)]);
  const expected = await derive({ ...point, compute: plain }, engines.eager);
  for (const engine of Object.values(engines)) {
    const found = await derive(point, engine);
    for (const [name, values] of Object.entries(expected)) {
      values.forEach((value, i) => assert.ok(Math.abs(value - found[name][i]) <= 1e-3, `${name} ${i}`));
    }
  }
});

Deno.test("equal logits give the logarithm of the number of candidates", () =>
  assertResult(pointOf([3], [2, 2, 2, 2], [1], [1]), [Math.log(4)]));

Deno.test("with one candidate there is nothing to lose and nothing to learn", async () => {
  for (const engine of Object.values(engines)) {
    for (const values of Object.values(await derive(pointOf([3, -7], [5], [0, 0], [1, 1]), engine))) {
      values.forEach((value) => assert.ok(Math.abs(value) < 1e-6));
    }
  }
});

Deno.test("a query of weight 0 changes neither the loss nor a gradient", async () => {
  const counted = pointOf([1, 2], [1, -1, 0.5], [0, 1], [0.5, 0.5]);
  const padded = pointOf([1, 2, 200], [1, -1, 0.5], [0, 1, 1], [0.5, 0.5, 0]);
  for (const engine of Object.values(engines)) {
    const expected = await derive(counted, engine);
    const found = await derive(padded, engine);
    assert.deepEqual(found.result, expected.result);
    assert.deepEqual([...found["gradient/queries"]], [...expected["gradient/queries"], 0]);
    found["gradient/candidates"].forEach((value, i) =>
      assert.ok(Math.abs(value - expected["gradient/candidates"][i]) < 1e-6)
    );
  }
});
