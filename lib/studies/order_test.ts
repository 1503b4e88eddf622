import assert from "node:assert/strict";
import { smallDomain } from "../data/test_helpers.ts";
import { openLab } from "../systems/lab.ts";
import { compareOrder, measureOrder } from "./order.ts";

/** Users who walk round a ring of items, each from another one: what comes next is known from the last item only. */
const ring = smallDomain(
  Array.from({ length: 120 }, (_, user) => Array.from({ length: 9 }, (_, at) => (user * 7 + at * 2) % 60)),
);
const lab = await openLab({ runs: null });

Deno.test("where the last item says it all, shuffling takes it away; popularity never looked at it", async () => {
  const results = await measureOrder(lab, ring, ["Neighbours", "Popularity"], { seed: 1 }, 50);
  assert.deepEqual(
    results.map(({ system, shuffled }) => `${system} ${shuffled}`),
    ["Neighbours", "Popularity"].flatMap((system) =>
      ["nowhere", "in testing", "in training", "in both"].map((shuffled) => `${system} ${shuffled}`)
    ),
  );
  const effects = compareOrder(results, ["NDCG@10"], 1);
  const of = (system: string, shuffled: string) =>
    effects.find((effect) => effect.system === system && effect.shuffled === shuffled)!;
  assert.ok(of("Neighbours", "nowhere").mean.value! > 0.9);
  for (const shuffled of ["in testing", "in training", "in both"]) {
    const { mean, change, test } = of("Neighbours", shuffled);
    assert.ok(change! < -0.1 && test!.p < 0.01, `${shuffled} ${mean.value} ${change} ${test!.p}`);
    assert.equal(of("Popularity", shuffled).change, 0);
    assert.equal(of("Popularity", shuffled).test!.p, 1);
  }
  assert.deepEqual([of("Neighbours", "nowhere").change, of("Neighbours", "nowhere").test], [0, null]);
});

Deno.test("a training on shuffled histories is another run", async () => {
  const names: string[] = [];
  const train: typeof lab.train = (system, target, options) => {
    names.push(target.name);
    return lab.train(system, target, options);
  };
  await measureOrder({ train }, ring, ["Popularity"], { seed: 1 }, 50);
  assert.deepEqual(names, ["Toys", "Toys shuffled"]);
});
