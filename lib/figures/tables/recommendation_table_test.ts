import assert from "node:assert/strict";
import { describeItem, recommendationTable } from "./recommendation_table.ts";

const descriptions = { itemIds: ["A", "B", "C"], itemTexts: ["an apple.", "b".repeat(200), " "] };

const listOf = (...ids: string[]) =>
  ids.map((item) => ({ item, index: descriptions.itemIds.indexOf(item), score: 1 }));

Deno.test("what carried an item most stands beside it, where that is known", () => {
  const [first, second] = listOf("A", "C");
  const because = [{ item: "B", share: 0.625 }, { item: "gone", share: 0.375 }];
  const items = [{ ...first, because }, { ...second, because: [] }];
  const mark = { sign: "★", items: new Set<string>() };
  const table = recommendationTable("User 7", [{ heading: "Neighbours", items }], descriptions, mark);
  assert.equal(table.columns[2].heading, "Because you had");
  assert.deepEqual(table.rows, [[1, "an apple.", `${"b".repeat(89)}… (63 %)`], [2, "C", null]]);
});

Deno.test("lists stand side by side, shorter ones end earlier, marked items carry the sign", () => {
  const lists = [{ heading: "SASRec", items: listOf("A", "B") }, {
    heading: "UniSRec t",
    items: listOf("C"),
  }];
  const table = recommendationTable("User 7", lists, descriptions, { sign: "★", items: new Set(["A"]) });
  assert.deepEqual(table.columns.map(({ heading }) => heading), ["Rank", "SASRec", "UniSRec t"]);
  assert.deepEqual(table.rows, [[1, "★ an apple.", "C"], [2, `${"b".repeat(89)}…`, null]]);
});

Deno.test("a text is cut between letters, never inside one", () => {
  const family = "👩‍👩‍👧"; // eight UTF-16 units
  const text = (length: number) => describeItem(0, { itemIds: ["A"], itemTexts: [family.repeat(length)] });
  assert.equal(text(90), family.repeat(90));
  assert.equal(text(91), `${family.repeat(89)}…`);
});

Deno.test("an item without a text is known by its identifier", () => {
  assert.equal(describeItem(1, { itemIds: ["A", "B"], itemTexts: null }), "B");
  assert.equal(describeItem(2, descriptions), "C");
});
