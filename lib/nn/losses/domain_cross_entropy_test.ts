import * as tf from "@tensorflow/tfjs";
import {
  assertGradients,
  assertResult,
  floats,
  integers,
  type Point,
  randomFloats,
} from "../../../tests/check_gradients.ts";
import { domainCrossEntropy } from "./domain_cross_entropy.ts";

const compute: Point["compute"] = (
  { queries, candidates, targets, weights, queryDomains, candidateDomains },
) =>
  domainCrossEntropy(
    queries,
    candidates,
    targets,
    weights,
    { queries: queryDomains, candidates: candidateDomains },
    2,
  );

/** The same with a mask over the logits and tfjs's own gradients. */
const plain: Point["compute"] = (
  { queries, candidates, targets, weights, queryDomains, candidateDomains },
) => {
  const own = tf.equal(tf.expandDims(queryDomains, 1), tf.expandDims(candidateDomains, 0));
  const mask = tf.mul(tf.sub(1, tf.cast(own, "float32")), -10000);
  const logs = tf.logSoftmax(tf.add(tf.matMul(queries, candidates, false, true), mask));
  const columns = tf.range(0, candidates.shape[0], 1, "int32");
  const target = tf.cast(tf.equal(tf.expandDims(targets, 1), columns), "float32");
  return tf.neg(tf.sum(tf.mul(weights, tf.sum(tf.mul(target, logs), 1))));
};

/** Three queries of two domains; candidates of both, and one that is nobody's. */
const point: Point = {
  variables: { queries: randomFloats([3, 4]), candidates: randomFloats([6, 4], 2) },
  constants: {
    targets: integers([0, 3, 2]),
    weights: floats([3], [0.5, 0.25, 0.25]),
    queryDomains: integers([0, 1, 0]),
    candidateDomains: integers([0, 1, 0, 1, -1, 0]),
  },
  compute,
};

Deno.test("the gradients equal central differences and tfjs's own", () => assertGradients(point, plain));

Deno.test("the loss is the cross-entropy among the candidates of the query's own domain", () => {
  const { queries, candidates } = point.variables;
  const { targets, weights, queryDomains, candidateDomains } = point.constants!;
  const row = (values: ArrayLike<number>, at: number) =>
    Array.from({ length: 4 }, (_, i) => values[4 * at + i]);
  const logit = (query: number, candidate: number) =>
    row(queries.values, query).reduce((sum, x, i) => sum + x * row(candidates.values, candidate)[i], 0);
  let expected = 0;
  for (let query = 0; query < 3; query++) {
    const own = [0, 1, 2, 3, 4, 5].filter((item) =>
      candidateDomains.values[item] === queryDomains.values[query]
    );
    const total = own.reduce((sum, item) => sum + Math.exp(logit(query, item)), 0);
    expected += weights.values[query] * (Math.log(total) - logit(query, targets.values[query]));
  }
  return assertResult(point, [expected]);
});
