// What holds for every system of the registry, whether it is trained by gradients or by counting.
import assert from "node:assert/strict";
import { userCount } from "../../lib/data/domain.ts";
import { historyOf, targetOf } from "../../lib/data/split.ts";
import { metricsPerUser, ranksOf } from "../../lib/evaluation/metrics.ts";
import type { Query } from "../../lib/evaluation/queries.ts";
import { isNetwork, type OpenOptions, openRecommender } from "../../lib/systems/lab.ts";
import { createGenerator, normals } from "../../lib/random.ts";
import { withTemporaryFolder } from "../with_temporary_folder.ts";
import { assertSameScores, histories, place, recommenders, shortOptions, target } from "./recommenders.ts";
import { engine } from "./train_system.ts";

const items = target.itemIds.length;
const cpu: OpenOptions = { engineName: "onnx-cpu" };

for (const { name, system, train } of recommenders) {
  Deno.test(`${name}: saved and opened, it scores and recommends the same, and says where it comes from`, () =>
    withTemporaryFolder(async (folder) => {
      const recommender = await train();
      const path = `${folder}/model.safetensors`;
      const { means } = await recommender.evaluate("test"); // which the file then says
      await recommender.save(path);
      const opened = await openRecommender(path, { ...cpu, domain: target });
      assert.equal(opened.system, name);
      assert.deepEqual(opened.itemIds, target.itemIds);
      assert.deepEqual(opened.popularity, recommender.popularity);
      assertSameScores(await opened.score(histories), (await recommender.score(histories)).slice(), 1e-6);
      const again = await system.open(recommender.toFile(), engine, null);
      assert.deepEqual(await again.score(histories), await recommender.score(histories)); // one engine: to the bit
      const queries = [{ user: target.userIds[3] }, { items: [target.itemIds[5]] }];
      assert.deepEqual(
        await again.recommend(queries.slice(1)),
        await recommender.recommend(queries.slice(1)),
      );
      const lists = await opened.recommend(queries);
      assert.equal(lists.length, 2);
      const { card } = opened.toFile();
      assert.deepEqual(card.metrics.test, means);
      assert.equal(card.data.name, target.name);
      const measured = await opened.evaluate("test", target);
      for (const [metric, value] of Object.entries(means)) {
        assert.ok(Math.abs(measured.means[metric as keyof typeof means] - value) < 0.02, metric);
      }
      // what is saved again is what was opened
      await opened.save(`${folder}/again.safetensors`);
      const reopened = await openRecommender(`${folder}/again.safetensors`, cpu);
      assert.deepEqual(await reopened.score(histories), await opened.score(histories));
    }));

  Deno.test(`${name}: lists have K items, best first, none of the history, and all others if there are fewer`, async () => {
    const recommender = await train();
    const scores = (await recommender.score(histories)).slice();
    const lists = await recommender.recommend(histories.map((indices) => ({ indices })), { k: items + 100 });
    lists.forEach((list, at) => {
      const history = new Set(histories[at]);
      assert.equal(list.length, items - history.size);
      assert.deepEqual(list.filter(({ index }) => history.has(index)), []);
      assert.equal(new Set(list.map(({ index }) => index)).size, list.length);
      list.forEach(({ item, index, score }, at) => {
        assert.equal(item, target.itemIds[index]);
        assert.ok(at === 0 || score <= list[at - 1].score);
      });
      const row = scores.subarray(at * items, (at + 1) * items);
      assertSameScores(list.map(({ score }) => score), list.map(({ index }) => row[index]), 1e-5);
    });
    const few = await recommender.recommend(histories.map((indices) => ({ indices })), { k: 3 });
    few.forEach((list, at) => assert.deepEqual(list, lists[at].slice(0, 3)));
    const [kept] = await recommender.recommend([{ indices: histories[1] }], { k: items, history: "allowed" });
    assert.equal(kept.length, items);
  });

  Deno.test(`${name}: ranks are those of the scores, one history at a time and many`, async () => {
    const recommender = await train();
    const users = Array.from({ length: userCount(target.sequences) }, (_, user) => user);
    const before = users.map((user) => historyOf(target.sequences, user, "test"));
    const targets = Int32Array.from(users, (user) => targetOf(target.sequences, user, "test"));
    const ranks = await recommender.rank(before, targets);
    const scores = await recommender.score(before);
    assert.deepEqual(ranks, ranksOf(scores, targets, items));
    for (const user of [0, 7, 41]) {
      const own = targets.subarray(user, user + 1);
      const alone = (await recommender.score([before[user]])).slice();
      assertSameScores(alone, scores.subarray(user * items, (user + 1) * items), 1e-5);
      assert.deepEqual(await recommender.rank([before[user]], own), ranksOf(alone, own, items));
    }
    const { ranks: measured, perUser } = await recommender.evaluate("test");
    assert.deepEqual(measured, ranks);
    assert.deepEqual(perUser, metricsPerUser(ranks, [10, 50]));
  });

  Deno.test(`${name}: histories that are none are refused by query and entry`, async () => {
    const recommender = await train();
    const refused = async (query: unknown, message: RegExp) => {
      await assert.rejects(recommender.recommend([{ indices: [0] }, query as Query]), {
        name: "ParameterError",
        message,
      });
    };
    for (const entry of [-1, 1.5, undefined, "3", NaN, null, items]) {
      await refused({ indices: [2, entry] }, /^query 1\.indices\[1\]: expected an item index/);
    }
    // deno-lint-ignore no-sparse-arrays
    await refused({ indices: [2, , 3] }, /^query 1\.indices\[1\]: .* found undefined/);
    await refused({ indices: "12" }, /^query 1\.indices: expected a list/);
    await refused({ indices: [] }, /^query 1: expected a history of at least one item/);
    await refused({ items: [target.itemIds[0], "nothing"] }, /^query 1\.items\[1\]: .* found "nothing"/);
    await refused({ user: "nobody" }, /^query 1\.user: .* found "nobody"/);
    await refused([0], /^query 1: /);
    for (const direct of [[], [-1], [items], [1.5]]) {
      const history = direct as unknown as Int32Array;
      const message = /^history 1(\[0\])?: expected/;
      await assert.rejects(recommender.score([histories[0], history]), { name: "ParameterError", message });
      const targets = Int32Array.of(1, 2);
      await assert.rejects(recommender.rank([histories[0], history], targets), {
        name: "ParameterError",
        message,
      });
    }
    await assert.rejects(recommender.rank([histories[0]], Int32Array.of(items)), { name: "ParameterError" });
  });

  Deno.test(`${name}: an empty history gets the popular items if they are asked for`, async () => {
    const recommender = await train();
    const [list] = await recommender.recommend([{ items: [] }], { emptyHistory: "popular", k: items });
    assert.equal(list.length, items);
    const counts = list.map(({ index }) => recommender.popularity[index]);
    assert.deepEqual(counts, counts.toSorted((a, b) => b - a));
    assert.ok(counts[0] > 0);
  });

  if (system.abilities.inductive) {
    Deno.test(`${name}: recommends items that came after training by their texts alone, to known users too`, async () => {
      const recommender = await train();
      const { values, width } = target.features!;
      // the first is like item 5, the second like none
      const fresh = new Float32Array(2 * width);
      fresh.set(values.subarray(5 * width, 6 * width));
      fresh.set(normals(createGenerator(3), width), width);
      const features = { ...target.features!, values: fresh, rows: 2 };
      const larger = await recommender.withItems!({ ids: ["new 0", "new 1"], features });
      assert.deepEqual(larger.itemIds, [...target.itemIds, "new 0", "new 1"]);
      const [history] = histories;
      const before = (await recommender.score([history])).slice();
      const after = (await larger.score([history])).slice();
      if (isNetwork(recommender)) {
        // others may count what is similar
        assertSameScores(after.subarray(0, items), before, 1e-5);
        assertSameScores([after[items]], [before[5]], 1e-5);
      }
      // item 5 comes after item 4; where texts are found to be of no use, both have nothing
      assert.ok(after[items] >= after[items + 1], `${after.subarray(items)}`);
      const [list] = await larger.recommend([{ user: target.userIds[0], items: ["new 1"] }], {
        k: items + 2,
      });
      const found = list.map(({ item }) => item);
      assert.ok(found.includes("new 0") && !found.includes("new 1"));
      await withTemporaryFolder(async (folder) => {
        await larger.save(`${folder}/larger.safetensors`);
        const opened = await openRecommender(`${folder}/larger.safetensors`, cpu);
        assertSameScores(await opened.score([history]), after, 1e-6);
      });
      await assert.rejects(recommender.withItems!({ ids: ["new 0"], features }), { name: "DataError" });
      await assert.rejects(recommender.withItems!({ ids: ["new 0", "new 0"], features }), {
        name: "ParameterError",
      });
    });
  } else {
    Deno.test(`${name}: does not pretend to know items that it was not trained on`, async () => {
      assert.ok(!("withItems" in await train()));
    });
  }

  Deno.test(`${name}: says what it is like before it is trained, and cost and settings after`, async () => {
    const { settings, code } = await (await system.plan(target, shortOptions)).identify();
    assert.equal(settings.dataset, target.name);
    assert.match(code, /^[0-9a-f]{16}$/);
    const again = await (await system.plan(target, shortOptions)).identify();
    assert.deepEqual(again, { settings, code });
    const { cost, curve, bestEpoch, card } = { ...await train(), card: (await train()).toFile().card };
    assert.ok(Number.isInteger(cost.parameters) && cost.parameters > 0);
    assert.ok(cost.trainedParameters <= cost.parameters);
    assert.equal(bestEpoch >= 0, curve.length > 0);
    assert.equal(card.system, name);
  });
}

Deno.test("the first system's runs are kept where they are told, and found again", () =>
  withTemporaryFolder(async (runs) => {
    const [{ system }] = recommenders;
    const first = await (await system.plan(target, shortOptions)).train({ ...place, runs });
    assert.equal([...Deno.readDirSync(runs)].length, 1);
    const observe = () => ({
      step() {
        throw new Error("trained again");
      },
    });
    const second = await (await system.plan(target, shortOptions)).train({ ...place, runs, observe });
    assert.deepEqual(await second.score(histories), await first.score(histories));
  }));
