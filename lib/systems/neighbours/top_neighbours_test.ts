import assert from "node:assert/strict";
import fc from "fast-check";
import { topK } from "../../evaluation/top_k.ts";
import { readyNeighbours } from "./ready.ts";
import { scoreHistories } from "./score_histories.ts";
import { randomHistory, randomItems, randomNeighbours } from "./test_helpers.ts";
import { topNeighbours } from "./top_neighbours.ts";

Deno.test("the best K are those of the scores of all items, filled up with popular ones", () => {
  const requests = fc.array(
    fc.record({
      history: randomHistory,
      k: fc.integer({ min: 1, max: randomItems + 2 }),
      excluded: fc.uniqueArray(fc.nat(randomItems - 1)).map((items) => new Set(items)),
    }),
  );
  fc.assert(fc.property(randomNeighbours, requests, (neighbours, requests) => {
    const ready = readyNeighbours(neighbours);
    for (const { history, k, excluded } of requests) {
      const expected = topK(scoreHistories(ready, [history]), k, excluded);
      assert.deepEqual(topNeighbours(ready, history, k, excluded), expected);
    }
  }));
});

Deno.test("a K that is no positive integer is refused", () => {
  fc.assert(fc.property(randomNeighbours, fc.constantFrom(0, -1, 1.5, NaN), (neighbours, k) => {
    const ready = readyNeighbours(neighbours);
    assert.throws(() => topNeighbours(ready, [0], k), { name: "ParameterError", message: /^k:/ });
  }));
});
