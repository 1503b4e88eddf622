import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { packSequences, sequenceOf } from "../data/domain.ts";
import { withholdItems } from "../data/withhold_items.ts";
import { historyOf, targetOf } from "../data/split.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { measure } from "../evaluation/measured.ts";
import { findSystem } from "../systems/registry.ts";
import { measureNewItems } from "./new_items.ts";

const place = { engine: createOnnxEngine({ threads: 1 }), runs: null };
const domain = smallDomain();
const { seen, withheld } = withholdItems(domain, 0.2, 1);
const train = async (system: string) =>
  await (await findSystem(system).plan(seen, { sizes: smallSizes, epochs: 1, batchSize: 64 })).train(place);

Deno.test("the users are those whose test item was withheld, with their ranks among all items", async () => {
  const trained = await train("UniSRec t");
  const { recommender, users, ranks, means } = await measureNewItems(trained, domain, withheld);
  const isNew = new Set(withheld);
  const all = domain.userIds.map((_, user) => user);
  assert.deepEqual([...users], all.filter((user) => isNew.has(targetOf(domain.sequences, user, "test"))));
  assert.ok(users.length > 0);
  assert.deepEqual(means, measure(ranks).means);
  // a user's test item stands in the list of all items at the place of its rank
  const ids = (items: Int32Array) => Array.from(items, (item) => domain.itemIds[item]);
  const queries = Array.from(users, (user) => ({ items: ids(historyOf(domain.sequences, user, "test")) }));
  const lists = await recommender.recommend(queries, { k: domain.itemIds.length, history: "allowed" });
  lists.forEach((list, at) => {
    const target = domain.itemIds[targetOf(domain.sequences, users[at], "test")];
    assert.equal(list.findIndex(({ item }) => item === target), ranks[at]);
  });
});

Deno.test("where no user's test item was withheld there are no means", async () => {
  const isNew = new Set(withheld);
  const others = domain.userIds.map((_, user) => user)
    .filter((user) => !isNew.has(targetOf(domain.sequences, user, "test")));
  const untested = {
    ...domain,
    userIds: others.map((user) => domain.userIds[user]),
    sequences: packSequences(others.map((user) => sequenceOf(domain.sequences, user))),
  };
  const { users, ranks, means } = await measureNewItems(await train("UniSRec t"), untested, withheld);
  assert.deepEqual([users.length, ranks.length, means], [0, 0, null]);
});

Deno.test("what knows items by ID only is refused", async () => {
  await assert.rejects(measureNewItems(await train("SASRec"), domain, withheld), {
    name: "ParameterError",
    message: /found SASRec/,
  });
});
