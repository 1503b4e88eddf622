import assert from "node:assert/strict";
import { type Domain, packSequences } from "../data/domain.ts";
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

Deno.test("a text that says nothing is an error that names its item and the data set", () => {
  assert.throws(() => withFeatures({ ...domain, itemTexts: ["red kite", "…"] }), {
    name: "DataError",
    message: /^text of item b of Toys: expected at least one letter or digit, but found "…"/,
  });
});

Deno.test("neither texts nor features is an error that names the data set", () => {
  assert.throws(
    () => withFeatures({ ...domain, itemTexts: null }),
    (error) => error instanceof DataError && /Toys.*Toys\.text/.test(error.message),
  );
});
