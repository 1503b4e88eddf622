import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { measure } from "./measured.ts";
import {
  measureTransfer,
  type TransferOptions,
  type TransferResult,
  type TransferVariant,
} from "./transfer.ts";
import { compareTransfer, summariseTransfer } from "./transfer_summary.ts";

const source = { ...smallDomain(), name: "Source" };
const targets = [
  { ...smallDomain({ items: 24, users: 40, seed: 8 }), name: "First" },
  { ...smallDomain({ items: 20, users: 30, seed: 9 }), name: "Second" },
];
const variants: TransferVariant[] = [
  { name: "None", sources: [], targets },
  { name: "All", sources: [source], targets },
  { name: "w/o S-I", sources: [source], targets: [targets[0]], tasks: { sequenceItem: 0 } },
];
const options: TransferOptions = {
  config: { ...smallSizes, experts: 2 },
  pretraining: { batchSize: 64, epochs: 2, learningRate: 3e-3 },
  fineTuning: { batchSize: 64, epochs: 2, learningRate: 3e-3 },
  seeds: [1, 2],
};
const reports: [number, number][] = [];
const results = await measureTransfer(createOnnxEngine({ threads: 1 }), variants, {
  ...options,
  observe: (done, total) => reports.push([done, total]),
});

Deno.test("each variant is measured on its targets with every seed, in order, and each stage is told", () => {
  assert.deepEqual(results.map(({ variant, seed, target }) => `${variant} ${seed} ${target}`), [
    ...["None 1 First", "None 1 Second", "None 2 First", "None 2 Second"],
    ...["All 1 First", "All 1 Second", "All 2 First", "All 2 Second"],
    ...["w/o S-I 1 First", "w/o S-I 2 First"],
  ]);
  assert.deepEqual(reports, Array.from({ length: 14 }, (_, i) => [i + 1, 14]));
  for (const { variant, pretrainingLoss } of results) {
    assert.equal(pretrainingLoss !== null, variant === "All");
  }
});

Deno.test("a summary has the mean and spread over the seeds of each variant and target", () => {
  const summary = summariseTransfer(results);
  assert.equal(summary.length, 5);
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
  const result = (variant: string, target: string, ranks: Int32Array): TransferResult => (
    { variant, target, seed: 1, test: measure(ranks), pretrainingLoss: null }
  );
  const found = Int32Array.of(2, 2); // an NDCG of 1/2
  const missed = new Int32Array(8).fill(99);
  const small = [
    result("None", "Large", missed),
    result("None", "Small", missed.slice(0, 2)),
    result("All", "Large", missed),
    result("All", "Small", found),
  ];
  const { difference, pairs } = compareTransfer(small, "All", ["None"]);
  assert.equal(pairs, 10);
  assert.ok(Math.abs(difference - 0.25) < 1e-12);
});
