import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { type Domain, packSequences, sequenceOf } from "../data/domain.ts";
import { withholdItems } from "../data/withhold_items.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { findSystem } from "../systems/registry.ts";
import { recommendToAll, serveCatalogue } from "./serve_catalogue.ts";

const place = { engine: createOnnxEngine({ threads: 1 }), runs: null };
const whole = smallDomain();
const { seen, withheld } = withholdItems(whole, 0.2, 1);
const train = async (system: string) =>
  await (await findSystem(system).plan(seen, { sizes: smallSizes, epochs: 1, batchSize: 64 })).train(place);

/** The catalogue later: one of its items is gone, and there are two users more. */
function later(domain: Domain): Domain {
  const lists = domain.userIds.map((_, user) => [...sequenceOf(domain.sequences, user)]);
  return {
    ...domain,
    itemIds: domain.itemIds.map((id) => id === seen.itemIds[0] ? "another" : id),
    userIds: [...domain.userIds, "one click", "no click"],
    sequences: packSequences([...lists, [withheld[0]], []]),
  };
}

Deno.test("a recommender that reads texts serves new items, new clicks and new users, and nothing that is gone", async () => {
  const catalogue = later(whole);
  const served = await serveCatalogue(await train("UniSRec t"), catalogue);
  assert.deepEqual([served.added, served.unknown, served.gone], [withheld.length + 1, 0, [seen.itemIds[0]]]);
  const lists = await recommendToAll(served, catalogue, whole.itemIds.length);
  assert.equal(lists.length, catalogue.userIds.length);
  const recommended = new Set(lists.flat().map(({ item }) => item));
  assert.ok(!recommended.has(seen.itemIds[0]) && recommended.has("another"));
  const [click, none] = lists.slice(-2);
  assert.ok(click.every(({ item }) => item !== whole.itemIds[withheld[0]])); // what one has is left out
  assert.ok(none.length > 0);
});

Deno.test("one that knows items by ID serves those, and the number of the others is said", async () => {
  const served = await serveCatalogue(await train("SASRec"), whole);
  assert.deepEqual([served.added, served.unknown, served.gone], [0, withheld.length, []]);
  const lists = await recommendToAll(served, whole, 3);
  const known = new Set(seen.itemIds);
  assert.ok(lists.every((list) => list.length === 3 && list.every(({ item }) => known.has(item))));
});

Deno.test("nothing changes for the catalogue that was trained on", async () => {
  const trained = await train("UniSRec t");
  const served = await serveCatalogue(trained, seen);
  assert.equal(served.recommender, trained);
});
