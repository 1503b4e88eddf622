import assert from "node:assert/strict";
import fc from "fast-check";
import { ranksOf } from "../../evaluation/metrics.ts";
import { rankTarget } from "./rank_target.ts";
import { readyNeighbours } from "./ready.ts";
import { scoreHistories } from "./score_histories.ts";
import { randomHistory, randomItems, randomNeighbours } from "./test_helpers.ts";

Deno.test("a rank is that of the scores of all items", () => {
  fc.assert(fc.property(randomNeighbours, fc.array(randomHistory), (neighbours, histories) => {
    const ready = readyNeighbours(neighbours);
    for (const history of histories) {
      const scores = scoreHistories(ready, [history]);
      for (let target = 0; target < randomItems; target++) {
        const [expected] = ranksOf(scores, Int32Array.of(target), randomItems);
        assert.equal(rankTarget(ready, history, target), expected);
      }
    }
  }));
});

Deno.test("a target that is no item is refused", () => {
  fc.assert(fc.property(randomNeighbours, fc.constantFrom(-1, randomItems, 0.5), (neighbours, target) => {
    const ready = readyNeighbours(neighbours);
    assert.throws(() => rankTarget(ready, [0], target), { name: "ParameterError", message: /^target:/ });
  }));
});
