import assert from "node:assert/strict";
import fc from "fast-check";
import { topK } from "../../../evaluation/top_k.ts";
import { BestItems } from "./best_items.ts";

Deno.test("the best of what was offered, in any order, are the top K", () => {
  const scores = fc.array(fc.constantFrom(0, 0.5, 2), { maxLength: 30 }).map((values) =>
    Float32Array.from(values)
  );
  fc.assert(fc.property(scores, fc.integer({ min: 1, max: 9 }), fc.boolean(), (scores, k, backwards) => {
    const best = new BestItems(k);
    const items = [...scores.keys()];
    if (backwards) items.reverse();
    for (const item of items) {
      const before = best.toTopItems();
      const isTaken = best.offer(item, scores[item]);
      assert.equal(isTaken, best.toTopItems().items.includes(item));
      if (!isTaken) assert.deepEqual(best.toTopItems(), before);
    }
    const expected = topK(scores, k);
    assert.deepEqual(best.toTopItems(), expected);
    assert.equal(best.least, expected.scores.length === k ? expected.scores[k - 1] : -Infinity);
  }));
});
