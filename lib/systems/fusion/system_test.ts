import assert from "node:assert/strict";
import { smallSizes } from "../../../tests/small_domain.ts";
import { namedDomain } from "../../../tests/systems/train_system.ts";
import { sequenceOf, userCount } from "../../data/domain.ts";
import { withholdItems } from "../../data/withhold_items.ts";
import { createOnnxEngine } from "../../engine/onnx_engine.ts";
import { neighbours, neighboursOverTexts } from "../neighbours/system.ts";
import { popularity } from "../popularity/system.ts";
import { sasrec } from "../sasrec/system.ts";
import type { System, TrainedRecommender } from "../system.ts";
import { unisrecInductive } from "../unisrec/system.ts";
import { goalOf } from "./search_weights.ts";
import { type FusedRecommender, fusionSystem } from "./system.ts";

const place = { engine: createOnnxEngine({ threads: 1 }), runs: null };
const target = namedDomain("Target", { users: 150 });
const options = {
  sizes: { ...smallSizes, experts: 2 },
  learningRate: 3e-3,
  batchSize: 64,
  epochs: 6,
  patience: 6,
  seed: 1,
};
const train = async (system: System, domain = target, more = {}) =>
  await (await system.plan(domain, { ...options, ...more })).train(place) as
    & TrainedRecommender
    & FusedRecommender;

for (
  const [what, parts] of Object.entries({
    "a network and counts": [sasrec, neighbours],
    "a network and counts over texts": [unisrecInductive, neighboursOverTexts],
    "two that are bad": [popularity, sasrec],
    "a part that is right and one that knows nothing": [popularity, neighbours],
  })
) {
  Deno.test(`the sum of ${what} is never worse on the validation items than its best part`, async () => {
    const fused = await train(fusionSystem("Sum", parts));
    const { ranks } = await fused.evaluate("valid");
    for (const part of fused.parts) {
      assert.ok(goalOf(ranks) >= goalOf((await part.evaluate("valid", target)).ranks), part.system);
    }
  });
}

Deno.test("the score is the weighted sum that the documentation writes", async () => {
  const fused = await train(fusionSystem("Sum", [sasrec, neighbours]));
  const [network, counts] = fused.parts;
  const history = [Int32Array.of(3, 9, 4)];
  const [sum, ids, shares] = [
    (await fused.score(history)).slice(),
    (await network.score(history)).slice(),
    (await counts.score(history)).slice(),
  ];
  const { scores: [w], neighbours: v, floor } = fused.weights;
  const total = shares.reduce((sum, share) => sum + (share > 1e-5 ? share : 0), 0);
  const expected = ids.map((score, item) =>
    w * score + v * Math.log(1 + (shares[item] > 1e-5 ? shares[item] / total : 0) / floor)
  );
  sum.forEach((score, item) =>
    assert.ok(Math.abs(score - expected[item]) < 1e-4 * (1 + Math.abs(score)), `${item}`)
  );
});

Deno.test("items that came after training are ranked far beyond chance, in their own place", async () => {
  const { seen, withheld } = withholdItems(target, 0.2, 3);
  const fused = await train(fusionSystem("Sum", [unisrecInductive, neighboursOverTexts]), seen, {
    epochs: 20,
  });
  const features = target.features!;
  const rows = [...withheld].map((item) =>
    features.values.subarray(item * features.width, (item + 1) * features.width)
  );
  const all = await fused.withItems!({
    ids: [...withheld].map((item) => target.itemIds[item]),
    features: { ...features, values: Float32Array.from(rows.flatMap((row) => [...row])), rows: rows.length },
  });
  assert.deepEqual(new Set(all.itemIds), new Set(target.itemIds));
  const place = new Map(all.itemIds.map((id, item) => [id, item]));
  const lists = Array.from(
    { length: userCount(target.sequences) },
    (_, user) => Array.from(sequenceOf(target.sequences, user), (item) => place.get(target.itemIds[item])!),
  );
  const waiting = lists.filter((list) => list.at(-1)! >= seen.itemIds.length);
  const ranks = await all.rank(
    waiting.map((list) => Int32Array.from(list.slice(0, -1))),
    Int32Array.from(waiting, (list) => list.at(-1)!),
  );
  const found = ranks.filter((rank) => rank < 10).length / ranks.length;
  assert.ok(found > 2 * 10 / target.itemIds.length, `${found}`);
});

Deno.test("a sum knows by which items of the history a recommendation was carried, as its counts do", async () => {
  const fused = await train(fusionSystem("Sum", [sasrec, neighbours]));
  const [[{ because }]] = await fused.recommend([{ indices: [3, 4] }], { k: 1 });
  assert.ok(because!.length > 0);
  assert.ok(Math.abs(because!.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9);
});
