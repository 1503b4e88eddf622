import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { checkHistories, rankHeldOut } from "./item_scorer.ts";

Deno.test("held-out items are ranked after their histories; who has no history has no rank", async () => {
  const sequences = packSequences([[4, 5, 6], [7], [1, 2, 3, 0]]);
  const asked: unknown[] = [];
  const rank = (histories: readonly Int32Array[], targets: Int32Array) => {
    asked.push(histories.map((history) => [...history]), [...targets]);
    return Promise.resolve(Int32Array.of(8, 9));
  };
  assert.deepEqual([...await rankHeldOut({ rank }, { sequences }, "test")], [8, -1, 9]);
  assert.deepEqual(asked, [[[4, 5], [1, 2, 3]], [6, 0]]);
});

Deno.test("scorers refuse histories that are none by their number and entry", () => {
  const refused = (histories: unknown[], message: RegExp) =>
    assert.throws(() => checkHistories(histories as Int32Array[], 5), { name: "ParameterError", message });
  refused([[1], [2, -1]], /^history 1\[1\]: expected an item index from 0 to 4, but found -1/);
  refused([[1], []], /^history 1: expected a history of at least one item/);
  refused([undefined], /^history 0: expected a list of item indices/);
});
