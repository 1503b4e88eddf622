import assert from "node:assert/strict";
import fc from "fast-check";
import { type Sequences, userCount } from "../../../data/domain.ts";
import { historyOf, targetOf } from "../../../data/split.ts";
import { meansOf, type MetricName, metricsPerUser } from "../../../evaluation/metrics.ts";
import { countNeighbours } from "../count_neighbours.ts";
import { rankTarget } from "../rank_target.ts";
import { readyNeighbours } from "../ready.ts";
import { searchNeighbours } from "./search_neighbours.ts";
import type { NeighbourSettings } from "../settings.ts";
import type { SparseMatrix } from "../sparse/sparse_matrix.ts";
import { randomItems, randomSequences, randomTexts } from "../test_helpers.ts";

const inputs = fc.record({
  sequences: randomSequences,
  seed: fc.nat(100),
  metric: fc.constantFrom<MetricName>("NDCG@10", "Recall@3", "MRR@5", "NDCG@1"),
});
const runs = { numRuns: 20 };

/** Measures settings one user after the other. */
function valueOf(
  sequences: Sequences,
  settings: NeighbourSettings,
  texts: SparseMatrix | null,
  metric: MetricName,
): number {
  const ready = readyNeighbours({
    settings,
    counts: countNeighbours(sequences, randomItems, settings),
    texts,
  });
  const ranks = Int32Array.from({ length: userCount(sequences) }, (_, user) => {
    const history = historyOf(sequences, user, "valid");
    return history.length === 0 ? -1 : rankTarget(ready, history, targetOf(sequences, user, "valid"));
  });
  return meansOf(metricsPerUser(ranks, [Number(metric.split("@")[1])]))[metric];
}

Deno.test("every value is that of its settings, and the best is the first of the largest", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, async ({ sequences, seed, metric }) => {
      const texts = randomTexts(seed);
      const { best, tried } = await searchNeighbours(sequences, randomItems, { metric, smoothing: texts });
      for (const { settings, value } of tried) {
        assert.equal(value, valueOf(sequences, settings, settings.smoothing && texts, metric));
      }
      const most = Math.max(...tried.map(({ value }) => value));
      assert.equal(best, tried.find(({ value }) => value === most));
    }),
    runs,
  );
});

Deno.test("a search tells how far it is, and gives the same again", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, async ({ sequences, seed, metric }) => {
      for (const smoothing of [null, randomTexts(seed)]) {
        const seen: number[] = [];
        const found = await searchNeighbours(sequences, randomItems, {
          metric,
          smoothing,
          observe({ done, total, best }) {
            seen.push(best.value);
            assert.equal(done, seen.length);
            assert.equal(total, smoothing === null ? 36 : 36 + 49);
          },
        });
        assert.equal(seen.length, found.tried.length);
        assert.deepEqual(
          seen,
          found.tried.map((_, at) => Math.max(...found.tried.slice(0, at + 1).map((t) => t.value))),
        );
        assert.deepEqual(await searchNeighbours(sequences, randomItems, { metric, smoothing }), found);
      }
    }),
    runs,
  );
});

Deno.test("without similar texts the best do not smooth", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, async ({ sequences, metric }) => {
      const { tried } = await searchNeighbours(sequences, randomItems, { metric });
      assert.ok(tried.length === 36 && tried.every(({ settings }) => settings.smoothing === null));
    }),
    runs,
  );
});

Deno.test("a metric that there is not is refused", async () => {
  const [sequences] = fc.sample(randomSequences, 1);
  for (const metric of ["NDCG", "Hit@10", "NDCG@0", "NDCG@1.5"] as MetricName[]) {
    await assert.rejects(
      searchNeighbours(sequences, randomItems, { metric }),
      { name: "ParameterError", message: /^metric: expected Recall@K, NDCG@K or MRR@K/ },
    );
  }
});
