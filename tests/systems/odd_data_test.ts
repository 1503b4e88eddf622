import assert from "node:assert/strict";
import { packSequences, sequenceOf, userCount } from "../../lib/data/domain.ts";
import { namedDomain, neuralSystems, trainSystem } from "./train_system.ts";

const usual = namedDomain("Usual");
const sources = [namedDomain("Source", { seed: 6 })];

/** Returns a domain with the given sequences of items. */
function withSequences(lists: ArrayLike<number>[], domain = usual) {
  return {
    ...domain,
    name: "Odd",
    userIds: lists.map((_, user) => `user ${user}`),
    sequences: packSequences(lists),
  };
}

const usualLists = Array.from(
  { length: userCount(usual.sequences) },
  (_, user) => sequenceOf(usual.sequences, user),
);
const trainable = {
  "one user": withSequences([[3, 4, 5, 6, 7]]),
  "one item": withSequences(Array(20).fill([0, 0, 0, 0]), namedDomain("Odd", { items: 1 })),
  "some users with few items": withSequences([...usualLists, [3], [4, 5], [5, 6, 7]]),
  "a user without an item": withSequences([...usualLists, []]),
};
const untrainable = {
  "one user with one training item": withSequences([[3, 4, 5]]),
  "no user with two training items": withSequences([[3], [4, 5], [5, 6, 7], [7, 8]]),
};

for (const system of neuralSystems) {
  for (const [what, domain] of Object.entries(trainable)) {
    Deno.test(`${system.name}: ${what} gives a result`, async () => {
      const trained = await trainSystem(system, domain, sources);
      for (const [name, values] of Object.entries(trained.parameters)) {
        assert.ok(values.every(Number.isFinite), name);
      }
      for (const value of Object.values(trained.test.means)) {
        assert.ok(value >= 0 && value <= 1, String(value));
      }
      assert.equal(trained.test.ranks.length, domain.userIds.length);
    });
  }
  for (const [what, domain] of Object.entries(untrainable)) {
    Deno.test(`${system.name}: ${what} is an error that names the data set`, () =>
      assert.rejects(trainSystem(system, domain, sources), {
        name: "DataError",
        message: /training sequences of Odd: expected a user with at least two training items/,
      }));
  }
}
