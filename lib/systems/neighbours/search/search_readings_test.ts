import assert from "node:assert/strict";
import fc from "fast-check";
import { userCount } from "../../../data/domain.ts";
import { historyOf, targetOf } from "../../../data/split.ts";
import { countNeighbours } from "../count_neighbours.ts";
import { rankTarget } from "../rank_target.ts";
import { readyNeighbours } from "../ready.ts";
import { rankReadings } from "./search_readings.ts";
import { randomItems, randomSequences, randomSettings } from "../test_helpers.ts";

Deno.test("ranks under several readings are those under each by itself", () => {
  const settings = fc.array(randomSettings, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(randomSequences, settings, (sequences, settings) => {
    const counts = countNeighbours(sequences, randomItems, settings[0]);
    rankReadings(sequences, counts, settings).forEach((ranks, i) => {
      const ready = readyNeighbours({ settings: settings[i], counts, texts: null });
      for (let user = 0; user < userCount(sequences); user++) {
        const history = historyOf(sequences, user, "valid");
        const expected = history.length > 0
          ? rankTarget(ready, history, targetOf(sequences, user, "valid"))
          : -1;
        assert.equal(ranks[user], expected);
      }
    });
  }));
});
