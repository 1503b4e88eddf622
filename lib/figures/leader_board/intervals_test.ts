import assert from "node:assert/strict";
import { scoresWithIntervals } from "./intervals.ts";
import type { SavedScore } from "./saved_scores.ts";
import { savedResult } from "./test_results.ts";

const users = 400;
/** Every third user's item is found, from one that differs by seed. */
const ranks = (seed: number) => Array.from({ length: users }, (_, user) => (user + seed) % 3 === 0 ? 2 : 99);
const score = (system: string, value: number): SavedScore => ({
  dataset: "Scientific",
  system,
  metric: "Recall@10",
  value,
  deviation: null,
  paper: null,
});
const found = (ranks: number[]) => ranks.filter((rank) => rank < 10).length / users;

Deno.test("a score's interval is that of the users it was made of, as wide as theory has it", () => {
  const value = found(ranks(0));
  const [{ interval }] = scoresWithIntervals([score("SASRec", value)], [
    savedResult("SASRec", { learningRate: 0.1, test: ranks(0).map(() => 0) }),
    savedResult("SASRec", { test: ranks(0) }),
  ]);
  const half = 1.96 * Math.sqrt(value * (1 - value) / users);
  assert.ok(interval !== null);
  assert.ok(
    Math.abs(interval.low - (value - half)) < 0.01 && Math.abs(interval.high - (value + half)) < 0.01,
  );
});

Deno.test("a mean over seeds belongs to all of them: its interval is narrower than that of one", () => {
  const seeds = [0, 1, 2].map((seed) => savedResult("SASRec", { seed, test: ranks(seed) }));
  const mean = seeds.reduce((sum, { ranks }) => sum + found(ranks.test) / 3, 0);
  const [{ interval }] = scoresWithIntervals([score("SASRec", mean)], seeds);
  // of each user's three items one is found, whoever is drawn: there is nothing to vary
  assert.equal(interval, null);
  const two = seeds.slice(0, 2);
  const meanOfTwo = two.reduce((sum, { ranks }) => sum + found(ranks.test) / 2, 0);
  const [ofTwo] = scoresWithIntervals([score("SASRec", meanOfTwo)], two);
  const [ofOne] = scoresWithIntervals([score("SASRec", found(ranks(0)))], [seeds[0]]);
  const width = ({ interval }: typeof ofOne) => interval!.high - interval!.low;
  assert.ok(width(ofTwo) < 0.8 * width(ofOne));
});

Deno.test("a score that no kept result gives has no interval", () => {
  const results = [savedResult("SASRec", { test: ranks(0) })];
  for (const one of [score("SASRec", 0.5), score("FDSA", found(ranks(0)))]) {
    assert.deepEqual(scoresWithIntervals([one], results), [{ ...one, interval: null }]);
  }
});
