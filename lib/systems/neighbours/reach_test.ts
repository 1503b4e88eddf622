import assert from "node:assert/strict";
import fc from "fast-check";
import { reach } from "./reach.ts";
import { readyNeighbours } from "./ready.ts";
import { clearSum } from "./sparse/sparse_sum.ts";
import { denseOf, naiveScores, randomHistory, randomItems, randomNeighbours } from "./test_helpers.ts";

Deno.test("sums are those of whole matrices, with smoothing and without, one history after the other", () => {
  fc.assert(fc.property(randomNeighbours, fc.array(randomHistory), (neighbours, histories) => {
    const { settings, counts, texts } = neighbours;
    const ready = readyNeighbours(neighbours);
    const [dense, similar] = [denseOf(counts.pairs, randomItems), denseOf(texts!, randomItems)];
    for (const history of histories) {
      const sum = reach(ready, history);
      const expected = naiveScores(settings, dense, similar, counts.popularity, history);
      expected.forEach((score, item) => {
        assert.ok(
          Math.abs(sum.values[item] - score) < 1e-6 * Math.max(1, score),
          `${sum.values[item]}, not ${score}`,
        );
      });
      const touched = [...sum.touched.subarray(0, sum.count)];
      assert.deepEqual(
        touched.sort((one, other) => one - other),
        [...sum.values.keys()].filter((item) => sum.values[item] > 0),
      );
      clearSum(sum);
    }
  }));
});

Deno.test("with smoothing, scores are shares: of a history that leads somewhere by every way they sum to 1", () => {
  fc.assert(fc.property(randomNeighbours, randomHistory, (neighbours, history) => {
    const settings = {
      ...neighbours.settings,
      smoothing: { counts: 1, toSimilar: 0, fromSimilar: 0, text: 0 },
    };
    const sum = reach(readyNeighbours({ ...neighbours, settings }), history);
    const total = sum.values.reduce((total, value) => total + value, 0);
    assert.ok(sum.count === 0 || Math.abs(total - 1) < 1e-6);
  }));
});

Deno.test("what is no item is refused by its place in the history", () => {
  fc.assert(fc.property(randomNeighbours, fc.constantFrom(-1, randomItems, 0.5, NaN), (neighbours, item) => {
    assert.throws(
      () => reach(readyNeighbours(neighbours), [0, item]),
      { name: "ParameterError", message: /^history\[1\]: expected an item from 0 to 11/ },
    );
  }));
});
