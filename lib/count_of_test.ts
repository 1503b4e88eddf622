import assert from "node:assert/strict";
import { countOf } from "./count_of.ts";

Deno.test("only one of something stands in the singular", () => {
  assert.deepEqual([0, 1, 2].map((count) => countOf(count, "epoch")), ["0 epochs", "1 epoch", "2 epochs"]);
});
