import assert from "node:assert/strict";
import { createGenerator, integer } from "../random.ts";
import { measure } from "../evaluation/measured.ts";
import type { TransferResult } from "./transfer.ts";
import { compareTransfer, summariseTransfer } from "./transfer_summary.ts";

const resultOf = (variant: string, target: string, seed: number, ranks: Int32Array): TransferResult => (
  { variant, target, seed, test: measure(ranks), pretrainingLoss: null }
);
const generator = createGenerator(1);
const users = { First: 40, Second: 30 };
const results = ["None", "All"].flatMap((variant) =>
  [1, 2].flatMap((seed) =>
    Object.entries(users).map(([target, length]) =>
      resultOf(variant, target, seed, Int32Array.from({ length }, () => integer(generator, 12)))
    )
  )
);

Deno.test("a summary has the mean and spread over the seeds of each variant and target", () => {
  const summary = summariseTransfer(results);
  assert.equal(summary.length, 4);
  const { values, mean, deviation } = summary[2];
  const own = results.filter(({ variant, target }) => variant === "All" && target === "First");
  assert.deepEqual(values, own.map(({ test }) => test.means["NDCG@10"]));
  assert.ok(Math.abs(mean - (values[0] + values[1]) / 2) < 1e-12);
  assert.ok(Math.abs(deviation! - Math.abs(values[0] - values[1]) / Math.SQRT2) < 1e-12);
});

Deno.test("variants are compared by their means over the targets seed by seed, with one seed user by user", () => {
  const mean = (name: string, seed: number) => {
    const own = results.filter((result) => result.variant === name && result.seed === seed);
    return own.reduce((sum, { test }) => sum + test.means["NDCG@10"], 0) / own.length;
  };
  const bySeed = compareTransfer(results, "All", ["None"]);
  const expected = (mean("All", 1) - mean("None", 1) + mean("All", 2) - mean("None", 2)) / 2;
  assert.ok(Math.abs(bySeed.difference - expected) < 1e-12);
  assert.equal(bySeed.pairs, 2);
  const oneSeed = results.filter(({ seed }) => seed === 1);
  assert.equal(compareTransfer(oneSeed, "All", ["None"]).pairs, 40 + 30);
  assert.equal(compareTransfer(results, "All", ["All"]).p, 1);
  assert.ok(
    Math.abs(compareTransfer(oneSeed, "All", ["None"]).difference - (mean("All", 1) - mean("None", 1))) <
      1e-12,
  );
  const both = compareTransfer(results, "None", ["All", "None"]);
  assert.ok(Math.abs(both.difference + bySeed.difference / 2) < 1e-12);
});

Deno.test("with one seed a target counts the same, however many users it has", () => {
  const found = Int32Array.of(2, 2); // an NDCG of 1/2
  const missed = new Int32Array(8).fill(99);
  const small = [
    resultOf("None", "Large", 1, missed),
    resultOf("None", "Small", 1, missed.slice(0, 2)),
    resultOf("All", "Large", 1, missed),
    resultOf("All", "Small", 1, found),
  ];
  const { difference, pairs } = compareTransfer(small, "All", ["None"]);
  assert.equal(pairs, 10);
  assert.ok(Math.abs(difference - 0.25) < 1e-12);
});
