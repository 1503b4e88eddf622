import assert from "node:assert/strict";
import { claims } from "./claims.ts";
import { judge } from "./judge.ts";
import type { Measurement } from "./measure_seed.ts";

/** Measurements in which every way is as good as its name's place in the list. */
function measurements(best: string, seed: number): Measurement[] {
  const ways = [
    "zero-shot",
    ...["UniSRec t", "UniSRec t+ID"].flatMap((name) => [name, `${name}, from scratch`]),
    ...["Outdoors", "Household", "Hobbies", "all trained"].map((name) => `UniSRec t, ${name}`),
    ...["SASRec", "FDSA", "ZESRec", "Neighbours", "Neighbours over texts"],
    ...["w/o PW", "w/o MoE", "w/o S-I", "w/o S-S"],
  ];
  return ["Studio", "Gifts"].flatMap((target) =>
    ways.map((way) => {
      const value = (way === best ? 0.4 : 0.3) + 0.001 * seed * (way.length % 3);
      return {
        way,
        target,
        "NDCG@10": value,
        recall: { unseen: value, rare: value, frequent: value / 2, warm: value },
      };
    })
  );
}

const seedsOf = (best: string) => [1, 2, 3, 4, 5].map((seed) => measurements(best, seed));
const verdictOf = (name: string, best: string) =>
  judge(claims.find(({ claim }) => claim === name)!, seedsOf(best)).verdict;

Deno.test("a claim holds or has its opposite where all seeds say so, and is open where they do not", () => {
  assert.equal(verdictOf("Pre-training helps UniSRec t", "UniSRec t"), "holds");
  assert.equal(verdictOf("Pre-training helps UniSRec t", "UniSRec t, from scratch"), "opposite");
  const claim = claims.find(({ claim }) => claim === "UniSRec t+ID is ahead of SASRec")!;
  const mixed = [1, 2, 3, 4].map((seed) => measurements(seed % 2 ? "SASRec" : "UniSRec t+ID", seed));
  assert.equal(judge(claim, mixed).verdict, "open");
});

Deno.test("every claim is of what is measured, and says which of two numbers is the higher", () => {
  for (const claim of claims) {
    const { higher, lower, difference } = judge(claim, seedsOf("UniSRec t+ID"));
    assert.ok(Math.abs(higher - lower - difference) < 1e-12, claim.claim);
  }
  assert.equal(new Set(claims.map(({ claim }) => claim)).size, claims.length);
});

Deno.test("what was not measured is an error, no missing number", () => {
  assert.throws(() => judge(claims[0], [[], []]), /nothing was measured of UniSRec t /);
});
