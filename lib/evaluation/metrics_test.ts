import assert from "node:assert/strict";
import fc from "fast-check";
import golden from "../../tests/golden/metrics.json" with { type: "json" };
import {
  meanMetric,
  meansOf,
  type MetricName,
  metricPerUser,
  metricsPerUser,
  ofAsked,
  parseMetric,
  ranksOf,
  usualMetric,
} from "./metrics.ts";
import { notAsked } from "../data/split.ts";
import { topK } from "./top_k.ts";

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

Deno.test("a rank is the target's place in the list of recommendations, among ties too", () => {
  const rows = fc.integer({ min: 1, max: 20 }).chain((width) =>
    fc.record({
      // few distinct values, so that ties are common
      scores: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: width, maxLength: width }),
      target: fc.integer({ min: 0, max: width - 1 }),
    })
  );
  fc.assert(fc.property(rows, ({ scores, target }) => {
    const row = Float32Array.from(scores);
    const [rank] = ranksOf(row, Int32Array.of(target), scores.length);
    assert.equal(topK(row, scores.length).items[rank], target);
  }));
});

Deno.test("a model that scores all items alike does as chance would, also on the first items", () => {
  const items = 2000;
  for (const first of [0, 1000]) {
    const targets = Int32Array.from({ length: 500 }, (_, at) => first + at);
    const ranks = ranksOf(new Float32Array(targets.length * items), targets, items);
    const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
    assert.ok(Math.abs(mean - items / 2) < 0.05 * items, `mean rank ${mean}`);
    const inFirstTenth = ranks.filter((rank) => rank < items / 10).length / ranks.length;
    assert.ok(Math.abs(inFirstTenth - 0.1) < 0.03, `${inFirstTenth} in the first tenth`);
  }
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

Deno.test("every metric at every K is had by its name, and its mean is that of all metrics at once", () => {
  const name = fc.tuple(fc.constantFrom("Recall", "NDCG", "MRR"), fc.integer({ min: 1, max: 300 }));
  const ranks = fc.array(fc.integer({ min: -1, max: 400 }), { minLength: 1 });
  fc.assert(fc.property(name, ranks, ([metric, cutoff], list) => {
    const name = `${metric}@${cutoff}` as MetricName;
    assert.deepEqual(parseMetric(name), { metric, cutoff });
    const ranks = Int32Array.from(list);
    assert.equal(meanMetric(ranks, name), meansOf(metricsPerUser(ranks, [cutoff]))[name]);
  }));
  assert.deepEqual(parseMetric(usualMetric), { metric: "NDCG", cutoff: 10 });
});

Deno.test("what is no metric is refused by the parameter that it stands in", () => {
  for (
    const name of [
      "",
      "NDCG",
      "NDCG@",
      "NDCG@0",
      "NDCG@-1",
      "NDCG@1.5",
      "ndcg@10",
      "Hit@10",
      "NDCG@10 ",
      "@10",
    ]
  ) {
    assert.throws(() => parseMetric(name, "selection"), {
      name: "ParameterError",
      message: /^selection: expected Recall@K, NDCG@K or MRR@K, but found "/,
    });
  }
  assert.throws(
    () => parseMetric(undefined as unknown as string),
    /^ParameterError: metric: .* found undefined/,
  );
});

Deno.test("who has nothing to be found does not count, and who was not found counts as 0", () => {
  const ranks = Int32Array.of(0, notAsked, -1, 3, notAsked);
  assert.deepEqual([...metricPerUser(ranks, "Recall@10")], [1, NaN, 0, 1, NaN]);
  assert.equal(meanMetric(ranks, "Recall@10"), 2 / 3);
  assert.deepEqual(
    meansOf(metricsPerUser(ranks, [10])),
    meansOf(metricsPerUser(ranks.filter((rank) => rank !== notAsked), [10])),
  );
  assert.deepEqual([...ofAsked(metricPerUser(ranks, "MRR@10"))], [1, 0, 0.25]);
  assert.throws(() => meanMetric(Int32Array.of(notAsked), "Recall@10"), {
    name: "ParameterError",
    message: /expected at least one user/,
  });
});
