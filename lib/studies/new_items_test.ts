import assert from "node:assert/strict";
import { smallDomain, smallSizes } from "../../tests/small_domain.ts";
import { targetOf } from "../data/split.ts";
import { createOnnxEngine } from "../engine/onnx_engine.ts";
import { createUniSRec } from "../systems/unisrec/model.ts";
import { initialiseParameters } from "../nn/parameters.ts";
import { createGenerator } from "../random.ts";
import { measure } from "../evaluation/measured.ts";
import { measureNewItems } from "./new_items.ts";
import { tensorsOf } from "../systems/pretraining/pretraining.ts";
import { measureZeroShot } from "./zero_shot.ts";

const engine = createOnnxEngine({ threads: 1 });
const domain = smallDomain();
const featureSize = domain.features!.width;
const model = createUniSRec(domain.itemIds.length, { ...smallSizes, featureSize, setting: "inductive" });
const parameters = initialiseParameters(model.parameters, createGenerator(1));
const measureThese = (withheld: number[]) =>
  measureNewItems(engine, model, parameters, domain, Int32Array.from(withheld));

Deno.test("the users are those whose test item was withheld, with their ranks among all items", async () => {
  const withheld = [3, 4, 17];
  const { users, ranks, means } = await measureThese(withheld);
  const all = domain.userIds.map((_, user) => user);
  assert.deepEqual(
    [...users],
    all.filter((user) => withheld.includes(targetOf(domain.sequences, user, "test"))),
  );
  assert.ok(users.length > 0);
  const pretrained = { card: null, tensors: tensorsOf(model, parameters) };
  const { test } = await measureZeroShot(engine, model, domain, pretrained);
  assert.deepEqual(ranks, Int32Array.from(users, (user) => test.ranks[user]));
  assert.deepEqual(means, measure(ranks).means);
});

Deno.test("where no user's test item was withheld there are no means", async () => {
  const tested = new Set(domain.userIds.map((_, user) => targetOf(domain.sequences, user, "test")));
  const untested = domain.itemIds.map((_, item) => item).filter((item) => !tested.has(item));
  const { users, ranks, means } = await measureThese(untested);
  assert.deepEqual([users.length, ranks.length, means], [0, 0, null]);
});
