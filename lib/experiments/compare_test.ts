import assert from "node:assert/strict";
import { notAsked } from "../data/split.ts";
import { compareSystems } from "./compare.ts";
import type { ExperimentResult } from "./result_file.ts";
import { measureSettings } from "./select.ts";
import { resultOf } from "./test_helpers.ts";

Deno.test("our systems are compared with the best baseline, metric by metric", () => {
  const selected = measureSettings([
    resultOf("Worse", 0.001, [0, 30]),
    resultOf("Better", 0.001, [0, 20]),
    resultOf("Ours", 0.001, [0, 0]),
  ]);
  const rows = compareSystems(selected, ["Ours"]);
  const ndcg = rows.find(({ metric }) => metric === "NDCG@50")!;
  assert.ok(Math.abs(ndcg.improvement! - (Math.log2(22) - 1)) < 1e-12);
  assert.deepEqual(ndcg.scores.map(({ significant }) => significant), [false, false, true]);
  const recall = rows.find(({ metric }) => metric === "Recall@50")!;
  assert.equal(recall.improvement, 0);
  assert.deepEqual(recall.scores.map(({ significant }) => significant), [false, false, false]);
  assert.equal(rows.find(({ metric }) => metric === "Recall@10")!.improvement, null); // the baselines have 0
});

/** Returns a result in which so many of the first users rank their test item first, the others far down. */
function resultWithHits(system: string, hits: number, seed = 1): ExperimentResult {
  const result = resultOf(system, 0.001, [0, 99], seed);
  result.ranks.test.fill(0, 0, hits);
  return result;
}

function starsOf(results: ExperimentResult[]): boolean[] {
  const rows = compareSystems(measureSettings(results), ["Ours"]);
  return rows.find(({ metric }) => metric === "Recall@10")!.scores.map(({ significant }) => significant);
}

Deno.test("a star stands for p < 0.01: not for three users of forty, but for ten", () => {
  // paired t-test by hand: with k of n users better by 1, t = √(k (n − 1) / (n − k)): 1.78 (p = .08) and 3.61 (p < .001)
  assert.deepEqual(starsOf([resultWithHits("Base", 5), resultWithHits("Ours", 8)]), [false, false]);
  assert.deepEqual(starsOf([resultWithHits("Base", 5), resultWithHits("Ours", 15)]), [false, true]);
});

Deno.test("the users' values are averaged over the seeds before the test", () => {
  const base = [1, 2].map((seed) => resultWithHits("Base", 5, seed));
  const lucky = [resultWithHits("Ours", 15, 1), resultWithHits("Ours", 0, 2)];
  assert.deepEqual(starsOf([...base, ...lucky]), [false, false]); // the first seed alone would have a star
  const steady = [1, 2].map((seed) => resultWithHits("Ours", 15, seed));
  assert.deepEqual(starsOf([...base, ...steady]), [false, true]);
});

Deno.test("one user is too few for a star", () => {
  const single = (system: string, rank: number) => {
    const result = resultOf(system, 0.001, [0, 0]);
    return { ...result, ranks: { valid: Int32Array.of(0), test: Int32Array.of(rank) } };
  };
  assert.deepEqual(starsOf([single("Base", 20), single("Ours", 0)]), [false, false]);
});

Deno.test("where nothing is selected there is nothing to compare", () => {
  assert.deepEqual(compareSystems([], ["Ours"]), []);
});

Deno.test("users with nothing to be ranked change neither means nor stars", () => {
  const results = [resultWithHits("Base", 5), resultWithHits("Ours", 15)];
  const rows = compareSystems(measureSettings(results), ["Ours"]);
  const withOthers = results.map((result) => {
    const unasked = Array.from({ length: 60 }, () => notAsked);
    const longer = (ranks: Int32Array) => Int32Array.from([...unasked, ...ranks, ...unasked]);
    return { ...result, ranks: { valid: longer(result.ranks.valid), test: longer(result.ranks.test) } };
  });
  assert.deepEqual(compareSystems(measureSettings(withOthers), ["Ours"]), rows);
});

Deno.test("of several seeds the score is the mean, with its deviation", () => {
  const seeds = [5, 15].map((hits, at) => resultWithHits("Ours", hits, at + 1));
  const rows = compareSystems(measureSettings([resultWithHits("Base", 5), ...seeds]), ["Ours"]);
  const [base, ours] = rows.find(({ metric }) => metric === "Recall@10")!.scores;
  assert.deepEqual([base.deviation, base.seeds], [null, 1]);
  assert.equal(ours.value, 10 / 40);
  assert.equal(ours.seeds, 2);
  assert.ok(Math.abs(ours.deviation! - Math.sqrt(2) * 5 / 40) < 1e-12);
});
