import assert from "node:assert/strict";
import fc from "fast-check";
import { tieOrder } from "./tie_order.ts";
import { topK } from "./top_k.ts";

Deno.test("the top K are the head of the sorted items without the excluded ones, ties in their fixed order", () => {
  const inputs = fc.record({
    // few distinct values, so that ties are common
    scores: fc.array(fc.constantFrom(-Infinity, -1, 0, 0.25, 3), { maxLength: 30 }).map((values) =>
      Float32Array.from(values)
    ),
    k: fc.integer({ min: 1, max: 12 }),
    excluded: fc.uniqueArray(fc.integer({ min: 0, max: 29 })).map((items) => new Set(items)),
  });
  fc.assert(fc.property(inputs, ({ scores, k, excluded }) => {
    const expected = Array.from(scores.keys())
      .filter((item) => !excluded.has(item))
      .sort((a, b) => scores[a] === scores[b] ? tieOrder(a) - tieOrder(b) : scores[b] - scores[a])
      .slice(0, k);
    const best = topK(scores, k, excluded);
    assert.deepEqual([...best.items], expected);
    assert.deepEqual([...best.scores], expected.map((item) => scores[item]));
  }));
});

Deno.test("a K of hundreds gives what a small one begins with, and all items if there are fewer", () => {
  const scores = Float32Array.from({ length: 1000 }, (_, item) => Math.sin(item) * (item % 7)); // with ties at 0
  const [few, many, all] = [200, 300, 2000].map((k) => topK(scores, k, new Set([8, 9])));
  assert.deepEqual(many.items.subarray(0, 200), few.items);
  assert.deepEqual(all.items.subarray(0, 300), many.items);
  assert.equal(all.items.length, 998);
});

Deno.test("scores that are not finite and a K that is no positive integer are refused", () => {
  assert.throws(() => topK(Float32Array.of(1, NaN), 1), {
    name: "EngineError",
    message: /^score of item 1:/,
  });
  for (const k of [0, 1.5]) {
    assert.throws(() => topK(Float32Array.of(1), k), { name: "ParameterError", message: /^k:/ });
  }
});

Deno.test("only allowed items are recommended, and of those none that is excluded", () => {
  const best = topK(Float32Array.of(5, 4, 3, 2, 1), 4, new Set([1]), new Set([1, 2, 4]));
  assert.deepEqual([...best.items], [2, 4]);
});
