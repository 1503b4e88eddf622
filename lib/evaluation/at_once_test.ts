import assert from "node:assert/strict";
import { historiesAtOnce } from "./at_once.ts";

Deno.test("512 histories at once where there are few items, fewer where there are many, and one at least", () => {
  assert.equal(historiesAtOnce(1), 512);
  assert.equal(historiesAtOnce(32_768), 512);
  assert.equal(historiesAtOnce(1_000_000), 16);
  assert.equal(historiesAtOnce(100_000_000), 1);
});
