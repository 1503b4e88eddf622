import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { createUniSRec } from "../systems/unisrec/model.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator, normals } from "../random.ts";
import { recommend } from "./recommend.ts";

const engine = createOnnxEngine({ threads: 1 });
const { itemIds, features } = smallDomain();
const items = itemIds.length;
const { values, width } = features!;
const model = createUniSRec(items, { ...smallSizes, featureSize: width, experts: 2 });
const parameters = initialiseParameters(model.parameters, createGenerator(1));
// one item, more items than the model reads, and one that comes twice
const histories = [[4], Array.from({ length: 12 }, (_, at) => 3 * at % items), Int32Array.of(7, 2, 7)];
const all = await recommend(engine, model, parameters, values, histories, items);

Deno.test("every item but those of the history is ranked, best first", () => {
  all.forEach(({ items: ranked, scores }, at) => {
    const known = new Set(histories[at]);
    const others = Array.from({ length: items }, (_, item) => item).filter((item) => !known.has(item));
    assert.deepEqual([...ranked].sort((one, other) => one - other), others);
    assert.deepEqual(scores, scores.toSorted().reverse());
  });
});

Deno.test("of K items the first K are returned, and each list is that of its own history", async () => {
  const few = await recommend(engine, model, parameters, values, histories.toReversed(), 3);
  few.reverse().forEach(({ items, scores }, at) => {
    assert.deepEqual(items, all[at].items.slice(0, 3));
    scores.forEach((score, place) => assert.ok(Math.abs(score - all[at].scores[place]) < 1e-5));
  });
});

Deno.test("the observer hears of every batch, and last of all histories", async () => {
  const many = Array.from({ length: 600 }, () => histories[0]);
  const heard: number[] = [];
  const lists = await recommend(engine, model, parameters, values, many, 1, (done) => heard.push(done));
  assert.ok(heard.length > 1);
  assert.deepEqual(heard, heard.toSorted((one, other) => one - other));
  assert.equal(heard.at(-1), lists.length);
});

Deno.test("items that are new to the trained model are recommended by their text", async () => {
  const fresh = 5;
  const larger = createUniSRec(items + fresh, model.config);
  // the first one is like the item that was best, the others are like none
  const [favourite] = all[0].items;
  const theirs = normals(createGenerator(2), fresh * width);
  theirs.set(values.subarray(favourite * width, (favourite + 1) * width));
  const [{ items: ranked, scores }] = await recommend(
    engine,
    larger,
    parameters,
    Float32Array.of(...values, ...theirs),
    [histories[0]],
    items + fresh,
  );
  assert.equal(ranked.length, items + fresh - 1);
  const place = ranked.indexOf(items);
  assert.ok(Math.abs(scores[place] - scores[ranked.indexOf(favourite)]) < 1e-5);
});
