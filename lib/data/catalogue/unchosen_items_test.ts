import assert from "node:assert/strict";
import { smallDomain } from "../test_helpers.ts";
import { unchosenItems } from "./unchosen_items.ts";

Deno.test("items without an interaction are found, ascending", () => {
  assert.deepEqual([...unchosenItems(smallDomain([[5, 1], [3, 1, 5]]))], [0, 2, 4]);
});
