import assert from "node:assert/strict";
import fc from "fast-check";
import { ways } from "../neighbours/settings.ts";
import { contestOf, rankIn } from "./contest.ts";
import { type FusionWeights, logShare, partsOfWays } from "./weights.ts";

const items = 14;
const score = fc.integer({ min: -24, max: 24 }).map((eighths) => eighths / 8);
const row = fc.array(score, { minLength: items, maxLength: items }).map((values) =>
  Float32Array.from(values)
);
const share = fc.constantFrom(0, 0, 0.125, 0.25, 0.5);
const neighbours = fc.uniqueArray(fc.nat(items - 1), { maxLength: items }).chain((reached) =>
  fc.array(share, { minLength: reached.length * ways.length, maxLength: reached.length * ways.length }).map(
    (shares) => ({ items: Int32Array.from(reached), shares: Float32Array.from(shares) }),
  )
);
const weight = fc.integer({ min: 1, max: 32 }).map((eighths) => eighths / 8);
const weightsFor = (parts: number): fc.Arbitrary<FusionWeights> =>
  fc.record({
    scores: fc.array(weight, { minLength: parts, maxLength: parts }),
    neighbours: weight,
    floor: fc.constantFrom(1e-3, 3e-3, 0.1),
    ways: fc.record({ counts: weight, toSimilar: weight, fromSimilar: weight, text: weight }),
  });
const cases = fc.integer({ min: 1, max: 2 }).chain((parts) =>
  fc.record({
    scores: fc.array(row, { minLength: parts, maxLength: parts }),
    neighbours: fc.option(neighbours),
    target: fc.nat(items - 1),
    weights: weightsFor(parts),
  })
);

/** Counts the items whose fused score is above the target's, over all of them. */
function plainRank(
  scores: readonly Float32Array[],
  found: { items: Int32Array; shares: Float32Array } | null,
  target: number,
  weights: FusionWeights,
): number {
  const parts = partsOfWays(weights);
  const none = new Float32Array(ways.length);
  const fused = Array.from({ length: items }, (_, item) => {
    const at = found?.items.indexOf(item) ?? -1;
    const shared = at < 0
      ? logShare(weights, parts, none, 0)
      : logShare(weights, parts, found!.shares, at * ways.length);
    return scores.reduce((sum, row, part) => sum + weights.scores[part] * row[item], shared);
  });
  return fused.filter((value) => value > fused[target]).length;
}

Deno.test("a target's rank under any weights is that among all items, up to the cutoff", () => {
  fc.assert(fc.property(cases, ({ scores, neighbours, target, weights }) => {
    // the best by each of several parts are an approximation
    for (const cutoff of scores.length === 1 ? [3, items] : [items]) {
      const found = rankIn(contestOf(scores, neighbours, target, cutoff), weights);
      const plain = plainRank(scores, neighbours, target, weights);
      assert.equal(Math.min(found, cutoff), Math.min(plain, cutoff));
    }
  }));
});
