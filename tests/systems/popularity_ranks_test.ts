import assert from "node:assert/strict";
import { packSequences } from "../../lib/data/domain.ts";
import { popularityRanks } from "./popularity_ranks.ts";

Deno.test("the most popular item has rank 0, and a user without a history has none", () => {
  const itemIds = ["a", "b", "c"];
  const sequences = packSequences([[0, 1, 1, 2, 0], [1, 0, 1], [2, 2], [1]]);
  // in training b occurs three times, a once, c never
  assert.deepEqual([...popularityRanks({ itemIds, sequences }, "test")], [1, 0, 2, -1]);
  assert.deepEqual([...popularityRanks({ itemIds, sequences }, "valid")], [2, 1, -1, -1]);
});
