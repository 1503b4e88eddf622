import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../tests/with_temporary_folder.ts";
import { type Domain, packSequences } from "../data/domain.ts";
import { notAsked } from "../data/split.ts";
import { readRecommenderFile } from "../files/recommender_file.ts";
import { checkProbe } from "./probe.ts";
import { ranksOf } from "./metrics.ts";
import { checkHistories, type ItemScorer, rankHeldOut } from "./item_scorer.ts";
import { createRecommender, type Recommendation, type RecommenderParts } from "./recommender.ts";

const itemIds = ["a", "b", "c", "d", "e"];
const domain: Domain = {
  name: "Toys",
  itemIds,
  itemTexts: null,
  userIds: ["ann", "bob", "cat"],
  sequences: packSequences([[0, 1, 2, 3], [4], [2, 3, 0]]),
  features: null,
};

/** Scores an item the higher, the closer it comes behind the last one of the history: a, b, c, d, e, a … */
function scores(history: Int32Array): number[] {
  return itemIds.map((_, item) => -((item - history.at(-1)! + itemIds.length) % itemIds.length));
}

/** Says how many histories were scored at once. */
function nextScorer(calls: number[] = []): ItemScorer {
  const score = (histories: readonly Int32Array[]) => {
    checkHistories(histories, itemIds.length);
    calls.push(histories.length);
    return Promise.resolve(Float32Array.from(histories.flatMap(scores)));
  };
  return {
    score,
    rank: async (histories, targets) => ranksOf(await score(histories), targets, itemIds.length),
    release: () => Promise.resolve(),
  };
}

const card = {
  system: "Next",
  version: "0",
  settings: {},
  encoder: null,
  data: {},
  training: {},
  metrics: {},
};
const parts: RecommenderParts = {
  system: "Next",
  itemIds,
  domain,
  scorer: nextScorer(),
  popularity: Int32Array.of(1, 5, 3, 0, 2),
  card,
  tensors: () => ({ step: { shape: [1], values: Float32Array.of(1) } }),
};
const recommender = createRecommender(parts);
const ids = (lists: Recommendation[][]) => lists.map((list) => list.map(({ item }) => item).join(""));

Deno.test("the K best items come first, without those of the history, with ID, index and score", async () => {
  const [list] = await recommender.recommend([{ items: ["e", "b"] }], { k: 2 });
  assert.deepEqual(list, [{ item: "c", index: 2, score: -1 }, { item: "d", index: 3, score: -2 }]);
});

Deno.test("each query gets its own list, in order, of whichever kind it is", async () => {
  const queries = [{ items: ["a"] }, { user: "cat" }, { user: "bob", items: ["c"] }, { indices: [1, 2] }];
  assert.deepEqual(ids(await recommender.recommend(queries)), ["bcde", "be", "dab", "dea"]);
  assert.deepEqual(await recommender.recommend([]), []);
});

Deno.test("the history may be allowed, items blocked, or only some allowed", async () => {
  const query = [{ items: ["a"] }];
  assert.deepEqual(ids(await recommender.recommend(query, { history: "allowed" })), ["abcde"]);
  assert.deepEqual(ids(await recommender.recommend(query, { blocked: ["c", "b"] })), ["de"]);
  assert.deepEqual(ids(await recommender.recommend(query, { allowed: ["e", "a", "b"] })), ["be"]);
  assert.deepEqual(ids(await recommender.recommend(query, { allowed: ["e", "b"], blocked: ["b"] })), ["e"]);
  assert.deepEqual(ids(await recommender.recommend(query, { allowed: [] })), [""]);
});

Deno.test("an empty history is an error that names its query, or gets the popular items", async () => {
  await assert.rejects(recommender.recommend([{ items: ["a"] }, { items: [] }]), {
    name: "ParameterError",
    message: /^query 1: expected a history of at least one item/,
  });
  const queries = [{ items: [] }, { items: ["a"] }, { indices: [] }];
  const lists = await recommender.recommend(queries, { emptyHistory: "popular", k: 3 });
  assert.deepEqual(ids(lists), ["bce", "bcd", "bce"]);
});

Deno.test("options that cannot be, or are misspelt, are refused by name", async () => {
  const refused = (options: object, message: RegExp) =>
    assert.rejects(recommender.recommend([{ items: ["a"] }], options), { name: "ParameterError", message });
  await refused({ k: 0 }, /^k: expected a positive integer/);
  await refused({ k: 2.5 }, /^k: /);
  await refused({ K: 5 }, /^recommend: expected some of k, history,.* but found K/);
  await refused({ history: "kept" }, /^history: expected "left out" or "allowed", but found "kept"/);
  await refused({ emptyHistory: null }, /^emptyHistory: /);
  await refused({ blocked: ["a", "x"] }, /^blocked\[1\]: .* found "x"/);
  await refused({ allowed: "a" }, /^allowed: expected a list of item IDs/);
});

Deno.test("many queries are scored a part at a time, and the observer hears of each", async () => {
  const calls: number[] = [];
  const many = createRecommender({ ...parts, scorer: nextScorer(calls) });
  const heard: number[] = [];
  const queries = Array.from({ length: 1200 }, (_, at) => ({ indices: [at % 5] }));
  const lists = await many.recommend(queries, { k: 1, observe: (done) => void heard.push(done) });
  assert.deepEqual(calls, [512, 512, 176]);
  assert.deepEqual(heard, [512, 1024, 1200]);
  lists.forEach(([{ index }], at) => assert.equal(index, (at + 1) % 5));
});

Deno.test("what carried a score is told by item, most first, where the system can say so", async () => {
  const because = (history: Int32Array) => Float64Array.from(history, (_, at) => [0.25, 0.5, 0, 0.25][at]);
  const telling = createRecommender({ ...parts, scorer: { ...nextScorer(), because } });
  const [[first]] = await telling.recommend([{ items: ["a", "b", "c", "a"] }], { k: 1 });
  assert.equal(first.item, "d");
  const expected = [["a", 0.5], ["b", 0.5]];
  assert.deepEqual(first.because!.map(({ item, share }) => [item, share]), expected);
  const [[popular]] = await telling.recommend([{ items: [] }], { emptyHistory: "popular" });
  assert.ok(!("because" in popular)); // nobody's history carried it
});

Deno.test("held-out items are ranked after their user's history, −1 without one, and measured once", async () => {
  assert.deepEqual([...await rankHeldOut(recommender, domain, "test")], [1, -1, 2]);
  const calls: number[] = [];
  const measuring = createRecommender({ ...parts, scorer: nextScorer(calls) });
  const first = await measuring.evaluate("test");
  assert.deepEqual([...first.ranks], [1, -1, 2]);
  assert.equal(first["Recall@10"], 2 / 3);
  assert.equal(await measuring.evaluate("test"), first);
  assert.equal(calls.length, 1);
  assert.deepEqual(measuring.toFile().card.metrics, { test: first.means });
  // other users of the same items
  const others = { ...domain, sequences: packSequences([[0, 1, 2]]) };
  assert.deepEqual([...(await measuring.evaluate("valid", others)).ranks], [1]);
  assert.deepEqual(Object.keys(measuring.toFile().card.metrics), ["test"]);
});

Deno.test("of a split by time those are asked who have an item in the part, and the others do not count", async () => {
  const split = { trainEnds: Int32Array.of(2, 1, 3), validEnds: Int32Array.of(3, 1, 3) };
  const byTime = { ...domain, sequences: { ...domain.sequences, split } };
  assert.deepEqual([...await rankHeldOut(recommender, byTime, "test")], [1, notAsked, notAsked]);
  assert.equal((await recommender.evaluate("test", byTime))["Recall@10"], 1);
});

Deno.test("evaluation needs a domain of the same items, and a part that there is", async () => {
  const homeless = createRecommender({ ...parts, domain: null });
  const refused = (found: Promise<unknown>, message: RegExp) =>
    assert.rejects(found, { name: "ParameterError", message });
  await refused(homeless.evaluate("test"), /^domain: expected the domain whose held-out items/);
  await refused(homeless.recommend([{ user: "ann" }]), /^query 0\.user: .* no users are known/);
  await refused(recommender.evaluate("train" as "test"), /^part: expected "valid" or "test"/);
  const reordered = { ...domain, itemIds: itemIds.toReversed() };
  await refused(recommender.evaluate("test", reordered), /^items of Toys: .* others or in another order/);
  await refused(
    recommender.evaluate("test", { ...domain, itemIds: ["a"] }),
    /^items of Toys: .* found 1 items/,
  );
});

Deno.test("a domain with items in another order knows its users' past by their IDs", () => {
  const reordered = { ...domain, itemIds: ["e", "d", "c", "b", "a"], sequences: packSequences([[0, 2]]) };
  const opened = createRecommender({ ...parts, domain: { ...reordered, userIds: ["eve"] } });
  assert.deepEqual([...opened.historiesOf([{ user: "eve" }])[0]], [4, 2]);
});

Deno.test("new items are added under IDs of their own", async () => {
  const features = { values: new Float32Array(2), rows: 2, width: 1 };
  const growing = createRecommender({ ...parts, withItems: () => Promise.resolve(recommender) });
  assert.equal(await growing.withItems!({ ids: ["x", "y"], features }), recommender);
  for (const taken of [["x", "a"], ["x", "x"]]) {
    await assert.rejects(growing.withItems!({ ids: taken, features }), {
      name: "ParameterError",
      message: /^items: expected an ID of its own for each, but found "[ax]" twice/,
    });
  }
  assert.ok(!("withItems" in recommender));
});

Deno.test("IDs that are there twice are refused before anything is looked up by them", () =>
  assert.rejects(
    createRecommender({ ...parts, itemIds: ["a", "b", "a", "d", "e"], domain: null }).recommend([{
      items: ["b"],
    }]),
    { name: "ParameterError", message: /^items of Next: .* found "a" twice/ },
  ));

Deno.test("a file holds scores by which another model is told", () =>
  withTemporaryFolder(async (folder) => {
    const path = `${folder}/deep/down.safetensors`;
    await recommender.evaluate("test");
    await recommender.save(path);
    const { probe, ...saved } = await readRecommenderFile(path);
    assert.deepEqual(saved, recommender.toFile());
    await checkProbe(recommender, itemIds.length, probe!, path);
    const scaled: ItemScorer = {
      ...nextScorer(),
      score: async (histories) => (await recommender.score(histories)).map((score) => score * 1.01),
    };
    await assert.rejects(checkProbe(scaled, itemIds.length, probe!, path), {
      name: "CheckpointError",
      message: /down\.safetensors: expected a model that scores as the one that was saved/,
    });
    const nothing = { ...nextScorer(), score: () => Promise.resolve(new Float32Array(5).fill(NaN)) };
    await assert.rejects(checkProbe(nothing, itemIds.length, probe!, path), { name: "CheckpointError" });
  }));
