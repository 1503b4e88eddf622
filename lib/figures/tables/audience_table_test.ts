import assert from "node:assert/strict";
import { audienceTable } from "./audience_table.ts";

Deno.test("an item's first three users are named with the place from 1", () => {
  const prospects = [4, 2, 0, 1].map((user, rank) => ({ user, rank }));
  const { rows } = audienceTable(
    "New",
    [{ item: "y", prospects }, { item: "x", prospects: [] }],
    { itemIds: ["x", "y"], itemTexts: ["a lamp", "a chair"] },
    ["a", "b", "c", "d", "e"],
  );
  assert.deepEqual(rows, [["y", "a chair", 4, "e (1), c (2), a (3)"], ["x", "a lamp", 0, "–"]]);
});
