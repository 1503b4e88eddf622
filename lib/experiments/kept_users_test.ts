import assert from "node:assert/strict";
import fc from "fast-check";
import { inFolder, smallDomain } from "../data/test_helpers.ts";
import { describeTestUsers, keptUsers, readTestUsers } from "./kept_users.ts";

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

Deno.test("what is kept is read again; of damaged files the fault is named, and none is null", () =>
  inFolder({}, async (runs) => {
    const users = describeTestUsers(smallDomain([[0, 1, 2], [1, 2, 0, 1]]));
    assert.equal(await readTestUsers(runs, "Toys"), null);
    const { name, text } = keptUsers(users);
    await Deno.mkdir(`${runs}/users`);
    await Deno.writeTextFile(`${runs}/${name}`, text);
    assert.deepEqual(await readTestUsers(runs, "Toys"), users);
    await Deno.writeTextFile(`${runs}/${name}`, JSON.stringify({ ...JSON.parse(text), popularity: [1] }));
    await assert.rejects(readTestUsers(runs, "Toys"), {
      name: "CheckpointError",
      message: /Toys\.json.*three numbers/,
    });
  }));
