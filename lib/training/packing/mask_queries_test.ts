import assert from "node:assert/strict";
import { packSequences } from "../../data/domain.ts";
import { maskQueries } from "./mask_queries.ts";
import { packBatches } from "./packing.ts";
import { evaluationSegments } from "./segments.ts";

Deno.test("masked queries hold the held-out items as targets, and nobody reads these", () => {
  const sequences = packSequences([[5, 6, 7, 8], [1, 2], [3, 4, 9]]);
  const segments = evaluationSegments(sequences, "test", 3, "mask");
  const [batch] = packBatches(segments, sequences, { rows: 3, length: 3, capacity: 4 });
  const masked = maskQueries(batch, 10);
  const byUser = new Map(Array.from(masked.users, (user, at) => [user, masked.targets[at]]));
  assert.deepEqual([0, 1, 2].map((user) => byUser.get(user)), [8, 2, 9]);
  for (const held of [8, 2, 9]) assert.ok(!masked.items.includes(held));
  assert.deepEqual([...masked.items].filter((item) => item === 10).length, 3);
  assert.equal(masked.targets[3], 0, "a place without a prediction stays empty");
  assert.ok(batch.items.includes(8), "the batch itself is not changed");
});
