import assert from "node:assert/strict";
import { type Domain, packSequences } from "../data/domain.ts";
import { listen } from "../data/test_helpers.ts";
import { DataError } from "../errors.ts";
import { encodeOffline } from "./offline_encoder.ts";
import { withFeatures } from "./with_features.ts";

const domain: Domain = {
  name: "Toys",
  itemIds: ["a", "b"],
  itemTexts: ["red kite", "blue kite"],
  userIds: ["u"],
  sequences: packSequences([[0, 1, 0]]),
  features: null,
};

Deno.test("texts are encoded where there are no features", () => {
  assert.deepEqual(withFeatures(domain), { ...domain, features: encodeOffline(domain.itemTexts!) });
});

Deno.test("features that are there are kept", () => {
  const features = { values: new Float32Array([1, 2]), rows: 2, width: 1 };
  assert.equal(withFeatures({ ...domain, features }).features, features);
});

Deno.test("without features, items whose text says nothing are left out, counted and said", async () => {
  const sequences = packSequences([[0, 1, 0, 0], [1, 0, 1]]);
  const itemTexts = ["red kite", "…"];
  let left: Domain;
  const said = await listen(() => {
    left = withFeatures({ ...domain, itemTexts, userIds: ["u", "v"], sequences });
    return Promise.resolve();
  });
  assert.deepEqual(said, [
    "Toys: 1 item of 2 without a text, such as b, left out, with 4 interactions and 1 user of whom fewer than 3 items " +
    "remain.",
  ]);
  assert.deepEqual([left!.itemIds, left!.userIds, [...left!.sequences.items]], [["a"], ["u"], [0, 0, 0]]);
  assert.equal(left!.features!.rows, 1);
});

Deno.test("with features an empty text stops nothing", () => {
  const features = { values: new Float32Array([1, 2]), rows: 2, width: 1 };
  assert.equal(withFeatures({ ...domain, itemTexts: ["red kite", ""], features }).itemIds.length, 2);
});

Deno.test("texts that all say nothing are an error that names the data set", () => {
  assert.throws(() => withFeatures({ ...domain, itemTexts: [".", "…"] }), {
    name: "DataError",
    message: /^item texts of Toys: expected at least one letter or digit, but found "\."/,
  });
});

Deno.test("neither texts nor features is an error that names the data set", () => {
  assert.throws(
    () => withFeatures({ ...domain, itemTexts: null }),
    (error) => error instanceof DataError && /Toys.*Toys\.text/.test(error.message),
  );
});
