import assert from "node:assert/strict";
import fc from "fast-check";
import { topK } from "../../evaluation/top_k.ts";
import { countNeighbours } from "./count_neighbours.ts";
import { headsOf } from "./sparse/heads.ts";
import { readyNeighbours } from "./ready.ts";
import { scoreHistories } from "./score_histories.ts";
import { randomHistory, randomItems, randomSequences, randomSettings } from "./test_helpers.ts";
import { topNeighbours } from "./top_neighbours.ts";
import { topOfHeads } from "./top_of_heads.ts";

Deno.test("what heads tell is what whole rows tell, and they tell it often", () => {
  const inputs = fc.record({
    sequences: randomSequences,
    settings: randomSettings,
    limits: fc.constantFrom({ longRow: 2, headLength: 1 }, { longRow: 3, headLength: 3 }, {
      longRow: 5,
      headLength: 2,
    }),
    histories: fc.array(randomHistory),
    k: fc.integer({ min: 1, max: 4 }),
    excluded: fc.uniqueArray(fc.nat(randomItems - 1), { maxLength: 4 }).map((items) => new Set(items)),
  });
  let [told, asked] = [0, 0];
  fc.assert(
    fc.property(inputs, ({ sequences, settings, limits, histories, k, excluded }) => {
      const counts = countNeighbours(sequences, randomItems, settings);
      const ready = {
        ...readyNeighbours({ settings, counts, texts: null }),
        heads: headsOf(counts.pairs, limits),
      };
      for (const history of histories) {
        const expected = topK(scoreHistories(ready, [history]), k, excluded);
        const found = topOfHeads(ready, history, k, excluded);
        if (found) assert.deepEqual(found, expected);
        assert.deepEqual(topNeighbours(ready, history, k, excluded), expected);
        told += Number(found !== null);
        asked += Number(Array.from(history).some((item) => ready.heads.rest[item] > 0));
      }
    }),
    { numRuns: 500 },
  );
  assert.ok(told > asked / 20, `${told} of ${asked}`);
});
