import assert from "node:assert/strict";
import { makeSample } from "../data/sample/sample.ts";
import { withFeatures } from "./with_features.ts";
import { withWordDrop } from "./with_word_drop.ts";

const domain = makeSample().targets[0];

Deno.test("features made of texts come with those of the texts without some words", () => {
  const { features, wordDropped } = withWordDrop(domain);
  assert.deepEqual(features, withFeatures(domain).features);
  assert.deepEqual([wordDropped?.rows, wordDropped?.width], [features.rows, features.width]);
  assert.notDeepEqual(wordDropped?.values, features.values);
});

Deno.test("features that are there come without, unless the data set brings both", () => {
  const encoded = withFeatures(domain);
  assert.equal(withWordDrop(encoded).wordDropped, null);
  assert.equal(withWordDrop({ ...encoded, wordDropped: encoded.features }).wordDropped, encoded.features);
});
