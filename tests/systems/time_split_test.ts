// What holds for every system where its target is split by time.
import assert from "node:assert/strict";
import { type Domain, packSequences, sequenceOf, userCount } from "../../lib/data/domain.ts";
import { historyOf, notAsked, targetOf, usersOf } from "../../lib/data/split.ts";
import { meanMetric, ranksOf } from "../../lib/evaluation/metrics.ts";
import { countNeighbours } from "../../lib/systems/neighbours/count_neighbours.ts";
import { histories, place, shortOptions, target as leaveOneOut } from "./recommenders.ts";
import { systems } from "../../lib/systems/registry.ts";

const { sequences: all } = leaveOneOut;
const users = Array.from({ length: userCount(all) }, (_, user) => user);
const lengthOf = (user: number) => sequenceOf(all, user).length;

/** Users of all kinds: asked in both parts, in either, in none; some came only after training. */
const target: Domain = {
  ...leaveOneOut,
  sequences: {
    ...all,
    split: {
      trainEnds: Int32Array.from(
        users,
        (user) => [lengthOf(user) - 3, lengthOf(user) - 1, 0, lengthOf(user)][user % 4],
      ),
      validEnds: Int32Array.from(
        users,
        (user) => [lengthOf(user) - 2, lengthOf(user) - 1 + user % 3 % 2, 2, lengthOf(user)][user % 4],
      ),
    },
  },
};

/** Returns the target with other items from the end of a part on, and other users who have as many of them. */
function otherFuture(ends: "trainEnds" | "validEnds"): Domain {
  const { itemIds, sequences } = target;
  const split = sequences.split!;
  const lists = users.map((user) =>
    sequenceOf(sequences, user).map((item, at) =>
      at < split[ends][user] ? item : (item * 7 + at + 3) % itemIds.length
    )
  );
  return { ...target, sequences: { ...packSequences(lists), split } };
}

const afterTraining = otherFuture("trainEnds"), afterValidation = otherFuture("validEnds");

Deno.test("the changed targets differ, and not in what came before", () => {
  for (const user of users) {
    for (const other of [afterTraining, afterValidation]) {
      assert.deepEqual(historyOf(other.sequences, user, "train"), historyOf(target.sequences, user, "train"));
    }
    assert.deepEqual(
      historyOf(afterValidation.sequences, user, "test"),
      historyOf(target.sequences, user, "test"),
    );
  }
  assert.notDeepEqual(afterTraining.sequences.items, target.sequences.items);
  assert.notDeepEqual(afterValidation.sequences.items, target.sequences.items);
});

Deno.test("neighbours are counted in what came before, whatever came later", () => {
  const settings = { window: 4, backward: 0.5 };
  const counted = [target, afterTraining].map(({ sequences, itemIds }) =>
    countNeighbours(sequences, itemIds.length, settings)
  );
  assert.deepEqual(counted[1], counted[0]);
});

for (const system of systems) {
  Deno.test(`${system.name}: trained on a split by time, it asks those who are to be asked, and knows no test item`, async () => {
    const recommender = await (await system.plan(target, shortOptions)).train(place);
    for (const part of ["valid", "test"] as const) {
      const { ranks, ...measured } = await recommender.evaluate(part);
      const asked = usersOf(target.sequences, part);
      assert.ok(asked.length > 10 && asked.length < users.length);
      const targets = Int32Array.from(asked, (user) => targetOf(target.sequences, user, part));
      const scores = await recommender.score(
        Array.from(asked, (user) => historyOf(target.sequences, user, part)),
      );
      const expected = new Int32Array(users.length).fill(notAsked);
      ranksOf(scores, targets, target.itemIds.length).forEach((rank, at) => expected[asked[at]] = rank);
      assert.deepEqual(ranks, expected);
      assert.equal(measured["NDCG@10"], meanMetric(ranks.filter((rank) => rank !== notAsked), "NDCG@10"));
    }
    const scores = (await recommender.score(histories)).slice();
    const other = await (await system.plan(afterValidation, shortOptions)).train(place);
    assert.deepEqual(await other.score(histories), scores);
    const { curve, settingsFound } = recommender;
    assert.deepEqual(other.curve.map(({ metric }) => metric), curve.map(({ metric }) => metric));
    assert.deepEqual(other.settingsFound, settingsFound);
    // but a run of other data is another run, and so is one of the same items that are split elsewhere
    const identities = [target, afterValidation, leaveOneOut].map(async (domain) =>
      JSON.stringify((await (await system.plan(domain, shortOptions)).identify()).settings)
    );
    assert.equal(new Set(await Promise.all(identities)).size, 3);
  });

  if (/Neighbours/.test(system.name)) continue; // their settings are searched on the validation items
  Deno.test(`${system.name}: after one epoch nothing of what it learnt is from the validation or test items`, async () => {
    const options = { ...shortOptions, epochs: 1 };
    const train = async (domain: Domain) => {
      const recommender = await (await system.plan(domain, options)).train(place);
      return (await recommender.score(histories)).slice();
    };
    assert.deepEqual(await train(afterTraining), await train(target));
  });
}
