import assert from "node:assert/strict";
import { nearestItemsTable } from "./nearest_items_table.ts";

Deno.test("neighbours stand side by side with their cosines, shorter lists end earlier", () => {
  const table = nearestItemsTable(0, [
    { name: "Text", neighbours: [{ item: 1, cosine: 0.9 }, { item: 2, cosine: 0.8 }] },
    { name: "Adaptor", neighbours: [{ item: 2, cosine: 0.5 }] },
  ], { itemIds: ["A", "B", "C"], itemTexts: ["an apple.", "a pear.", "a plum."] });
  assert.equal(table.caption, "Nearest to “an apple.”");
  assert.deepEqual(table.columns.map(({ heading }) => heading), ["Rank", "Text", "cos", "Adaptor", "cos"]);
  assert.deepEqual(table.rows, [[1, "a pear.", 0.9, "a plum.", 0.5], [2, "a plum.", 0.8, null, null]]);
});
