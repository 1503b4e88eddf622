import assert from "node:assert/strict";
import { smallDomain } from "../test_helpers.ts";
import { shareFeatures } from "./share_features.ts";

Deno.test("the domain gets the first rows, without copying", () => {
  const features = {
    values: Float32Array.from({ length: 10 }, (_, i) => i),
    rows: 5,
    width: 2,
    encoder: "offline",
  };
  const shared = shareFeatures(smallDomain([[0, 1, 2]]), features).features;
  assert.deepEqual(shared, { ...features, rows: 3, values: Float32Array.of(0, 1, 2, 3, 4, 5) });
  assert.equal(shared.values.buffer, features.values.buffer);
});
