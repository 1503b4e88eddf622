import assert from "node:assert/strict";
import fc from "fast-check";
import { smallDomain } from "../data/test_helpers.ts";
import { describeTestUsers } from "./test_users.ts";

const anySequences = fc.array(fc.array(fc.nat(6), { maxLength: 7 }), { minLength: 1, maxLength: 12 })
  .filter((lists) => lists.flat().length > 0);

Deno.test("a pair counts for every other user who has both items in training, whoever else is asked", () =>
  fc.assert(fc.property(anySequences, (lists) => {
    const { seenTogether } = describeTestUsers(smallDomain(lists));
    lists.forEach((list, user) => {
      const [history, target] = [list.slice(0, -1), list.at(-1)!];
      const counts = history.filter((item) => item !== target).map((item) =>
        lists.filter((other, at) => {
          const train = other.slice(0, -2);
          return at !== user && train.includes(item) && train.includes(target);
        }).length
      );
      assert.equal(seenTogether[user], history.length === 0 ? -1 : Math.max(0, ...counts));
    });
  })));

Deno.test("who has nothing to be found has no numbers", () => {
  const domain = smallDomain([[0, 1, 2], [1, 2]]);
  const split = { trainEnds: Int32Array.of(1, 2), validEnds: Int32Array.of(2, 2) };
  const { popularity, historyLengths, seenTogether } = describeTestUsers({
    ...domain,
    sequences: { ...domain.sequences, split },
  });
  assert.deepEqual([popularity, historyLengths, seenTogether].map((values) => values[1]), [-1, -1, -1]);
  assert.deepEqual([popularity[0], historyLengths[0], seenTogether[0]], [1, 2, 1]);
});
