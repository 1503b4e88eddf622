import assert from "node:assert/strict";
import { quantiles } from "./quantiles.ts";

Deno.test("of a single value every quantile is that value", () => {
  assert.deepEqual(quantiles(Float64Array.of(1.77), [0, 0.5, 1]), [1.77, 1.77, 1.77]);
});
