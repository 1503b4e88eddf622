import assert from "node:assert/strict";
import fc from "fast-check";
import { explain } from "./explain.ts";
import { reach } from "./reach.ts";
import { readyNeighbours } from "./ready.ts";
import { clearSum } from "./sparse/sparse_sum.ts";
import { denseOf, naiveScores, randomHistory, randomItems, randomNeighbours } from "./test_helpers.ts";

Deno.test("carriers are items of the history, most first, and carry all of the score", () => {
  fc.assert(fc.property(randomNeighbours, randomHistory, (neighbours, history) => {
    const ready = readyNeighbours(neighbours);
    const scores = reach(ready, history).values.slice();
    clearSum(ready.scores);
    for (let item = 0; item < randomItems; item++) {
      const carriers = explain(ready, history, item);
      assert.equal(carriers.length > 0, scores[item] > 0);
      if (carriers.length === 0) continue;
      assert.ok(Math.abs(carriers.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
      assert.equal(new Set(carriers.map((carrier) => carrier.item)).size, carriers.length);
      carriers.forEach((carrier, at) => {
        assert.ok(history.includes(carrier.item) && carrier.share > 0);
        assert.ok(at === 0 || carrier.share <= carriers[at - 1].share);
      });
    }
  }));
});

Deno.test("by counts alone, a share is what the score of the history's other items lacks", () => {
  fc.assert(fc.property(randomNeighbours, randomHistory, (neighbours, history) => {
    const settings = { ...neighbours.settings, decay: 1, smoothing: null }; // so that age changes nothing
    const { pairs, popularity } = neighbours.counts;
    const ready = readyNeighbours({ ...neighbours, settings });
    const read = history.slice(-20);
    const scoreOf = (items: number[]) =>
      naiveScores(settings, denseOf(pairs, randomItems), null, popularity, items);
    const all = scoreOf(read);
    for (let item = 0; item < randomItems; item++) {
      for (const carrier of explain(ready, history, item)) {
        const others = scoreOf(read.filter((other) => other !== carrier.item));
        assert.ok(Math.abs(carrier.share - (all[item] - others[item]) / all[item]) < 1e-6);
      }
    }
  }));
});

Deno.test("what is no item is refused", () => {
  fc.assert(fc.property(randomNeighbours, (neighbours) => {
    const ready = readyNeighbours(neighbours);
    assert.throws(() => explain(ready, [0], randomItems), { name: "ParameterError", message: /^item:/ });
    assert.throws(() => explain(ready, [-1], 0), { name: "ParameterError", message: /^history\[0\]:/ });
  }));
});
