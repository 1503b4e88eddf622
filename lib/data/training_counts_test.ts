import assert from "node:assert/strict";
import { packSequences } from "./domain.ts";
import { trainingCounts } from "./training_counts.ts";

Deno.test("held-out items are not counted", () => {
  const domain = { itemIds: ["a", "b", "c"], sequences: packSequences([[0, 1, 1, 2, 0], [1, 0, 1], [2, 2]]) };
  assert.deepEqual([...trainingCounts(domain)], [1, 3, 0]);
});
