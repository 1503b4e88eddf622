import assert from "node:assert/strict";
import fc from "fast-check";
import golden from "../../tests/golden/metrics.json" with { type: "json" };
import { meansOf, type MetricName, metricsPerUser, ranksOf } from "./metrics.ts";

Deno.test("ranks and metrics are those of the reference", () => {
  const scores = Float32Array.from(golden.scores.flatMap((row) => [-Infinity, ...row.slice(1)]));
  const ranks = ranksOf(scores, Int32Array.from(golden.targets), golden.scores[0].length);
  assert.deepEqual([...ranks], golden.rank0);

  const means = meansOf(metricsPerUser(ranks, [1, 5, 10]));
  const names: Record<string, string> = { recall: "Recall", hit: "Recall", ndcg: "NDCG", mrr: "MRR" };
  const expected = Object.entries(golden.result);
  assert.equal(expected.length, 12);
  for (const [name, value] of expected) {
    const [metric, cutoff] = name.split("@");
    const mean = means[`${names[metric]}@${cutoff}` as MetricName];
    assert.ok(Math.abs(mean - value) < 1e-9, `${name}: ${mean} instead of ${value}`);
  }
});

Deno.test("a rank is the place in the sorted scores, behind all ties", () => {
  const rows = fc.integer({ min: 1, max: 20 }).chain((width) =>
    fc.record({
      // few distinct values, so that ties are common
      scores: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: width, maxLength: width }),
      target: fc.integer({ min: 0, max: width - 1 }),
    })
  );
  fc.assert(fc.property(rows, ({ scores, target }) => {
    const descending = scores.toSorted((a, b) => b - a);
    const [rank] = ranksOf(Float32Array.from(scores), Int32Array.of(target), scores.length);
    assert.equal(rank, descending.lastIndexOf(scores[target]));
  }));
});

Deno.test("a model that scores all items alike ranks every target last", () => {
  assert.deepEqual([...ranksOf(new Float32Array(10), Int32Array.of(0, 4), 5)], [4, 4]);
});

Deno.test("a target below the cutoff counts for nothing", () => {
  const perUser = metricsPerUser(Int32Array.of(0, 4, 5), [5]);
  assert.deepEqual([...perUser["Recall@5"]], [1, 1, 0]);
  assert.deepEqual([...perUser["NDCG@5"]], [1, 1 / Math.log2(6), 0]);
  assert.deepEqual([...perUser["MRR@5"]], [1, 1 / 5, 0]);
});

Deno.test("a score that is not a number is an error, never a rank", () => {
  for (const bad of [NaN, Infinity]) {
    for (const place of [0, 1, 2]) {
      const scores = Float32Array.of(0.5, 0.1, 0.2, 0.5, 0.1, 0.2);
      scores[3 + place] = bad;
      assert.throws(() => ranksOf(scores, Int32Array.of(0, 1), 3), {
        name: "EngineError",
        message: new RegExp(`^score of item ${place} for user 1 of the batch: .*found ${bad}`),
      });
    }
  }
});

Deno.test("wrong shapes, targets, cutoffs and empty groups are refused by name", () => {
  const refused = (message: RegExp) => ({ name: "ParameterError", message });
  assert.throws(
    () => ranksOf(new Float32Array(7), Int32Array.of(0, 1), 3),
    refused(/^scores: .*6 numbers.*found 7/),
  );
  assert.throws(
    () => ranksOf(new Float32Array(3), Int32Array.of(3), 3),
    refused(/^targets\[0\]: .*0 to 2.*found 3/),
  );
  assert.throws(() => ranksOf(new Float32Array(3), Int32Array.of(-1), 3), refused(/^targets\[0\]:/));
  for (const cutoff of [0, -5, 2.5, NaN]) {
    assert.throws(() => metricsPerUser(Int32Array.of(1), [10, cutoff]), refused(/^cutoffs:/));
  }
  assert.throws(() => meansOf(metricsPerUser(new Int32Array(0), [10])), refused(/^Recall@10: .*found none/));
});
