import assert from "node:assert/strict";
import fc from "fast-check";
import { readyNeighbours } from "./ready.ts";
import { scoreHistories } from "./score_histories.ts";
import { randomHistory, randomItems, randomNeighbours } from "./test_helpers.ts";

Deno.test("histories side by side are scored as each by itself, and every score is finite", () => {
  fc.assert(fc.property(randomNeighbours, fc.array(randomHistory), (neighbours, histories) => {
    const ready = readyNeighbours(neighbours);
    const scores = scoreHistories(ready, histories);
    assert.ok(scores.every(Number.isFinite));
    const each = histories.flatMap((history) => [...scoreHistories(ready, [history])]);
    assert.deepEqual([...scores], each);
    assert.equal(scores.length, histories.length * randomItems);
  }));
});

Deno.test("an empty history gives popularity", () => {
  fc.assert(fc.property(randomNeighbours, (neighbours) => {
    const ready = readyNeighbours(neighbours);
    assert.deepEqual(scoreHistories(ready, [[]]), ready.base);
  }));
});
