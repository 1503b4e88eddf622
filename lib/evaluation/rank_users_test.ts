import assert from "node:assert/strict";
import { packSequences, sequenceOf } from "../data/domain.ts";
import { historyOf, targetOf } from "../data/split.ts";
import { smallDomain } from "../../tests/small_domain.ts";
import { ranksOf } from "./metrics.ts";
import { evaluationBatches, rankUsers } from "./rank_users.ts";
import type { Scorer } from "./scorer.ts";

const items = 30;

/** How many items lie between one and another that comes after it, where the last is followed by the first. */
const stepsAhead = (from: number, to: number) => (to - from + items) % items;

/** Ranks the items by how far they are ahead of the last one that was read. */
const scorer: Pick<Scorer, "rank"> = {
  rank({ instances, items: read, queries, targets }) {
    const scores = new Float32Array(instances * items);
    for (let at = 0; at < scores.length; at++) {
      scores[at] = -stepsAhead(read[queries[Math.floor(at / items)]], at % items);
    }
    return Promise.resolve(ranksOf(scores, targets.subarray(0, instances), items));
  },
};

Deno.test("every user's own item is ranked after the user's own history, in whichever batch it is", async () => {
  const domain = smallDomain({ items, users: 1100 });
  const sequences = packSequences([
    [],
    [3],
    ...domain.userIds.keys().map((u) => sequenceOf(domain.sequences, u)),
  ]);
  const parts = evaluationBatches(sequences, ["valid", "test"], {
    items,
    maxLength: 8,
    queryAt: "last item",
  });
  assert.deepEqual(parts.valid.shape, parts.test.shape); // one program scores both
  for (const part of ["valid", "test"] as const) {
    assert.ok(parts[part].batches.length > 1);
    const ranks = await rankUsers(scorer, parts[part], sequences);
    assert.deepEqual([...ranks.subarray(0, 2)], [-1, -1]);
    assert.deepEqual(
      ranks.subarray(2),
      Int32Array.from(domain.userIds.keys(), (user) => {
        const last = historyOf(domain.sequences, user, part).at(-1)!;
        return stepsAhead(last, targetOf(domain.sequences, user, part));
      }),
    );
  }
});
