import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { targetOf } from "../data/split.ts";
import { smallDomain } from "../../tests/small_domain.ts";
import { ranksOf } from "./metrics.ts";
import { popularityRanks, trainingCounts } from "./popularity_ranks.ts";

Deno.test("held-out items are not counted", () => {
  const domain = { itemIds: ["a", "b", "c"], sequences: packSequences([[0, 1, 1, 2, 0], [1, 0, 1], [2, 2]]) };
  assert.deepEqual([...trainingCounts(domain)], [1, 3, 0]);
});

Deno.test("the ranks are those of a model whose scores are the counts", () => {
  const domain = smallDomain({ users: 20 });
  const counts = Float32Array.from(trainingCounts(domain));
  for (const part of ["valid", "test"] as const) {
    const targets = Int32Array.from(domain.userIds.keys(), (user) => targetOf(domain.sequences, user, part));
    const scores = Float32Array.from(domain.userIds.flatMap(() => [...counts]));
    assert.deepEqual(popularityRanks(domain, part), ranksOf(scores, targets, counts.length));
  }
});

Deno.test("a user without a history has no rank", () => {
  const domain = { itemIds: ["a", "b"], sequences: packSequences([[0, 1, 0], [1], []]) };
  assert.deepEqual([...popularityRanks(domain, "test")], [0, -1, -1]);
  assert.deepEqual([...popularityRanks(domain, "valid")], [1, -1, -1]);
});
