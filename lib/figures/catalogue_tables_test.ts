import assert from "node:assert/strict";
import { join } from "node:path";
import type { Catalogue } from "../data/catalogue/read_catalogue.ts";
import { inFolder, smallDomain } from "../data/test_helpers.ts";
import { audienceTable } from "./audience_table.ts";
import { rowReportTable } from "./row_report_table.ts";
import { saveRecommendations } from "./save_recommendations.ts";

Deno.test("the rows of a file add up, from all to those trained on", () => {
  const catalogue: Catalogue = {
    domain: smallDomain([[0, 1, 2]]),
    whole: smallDomain([[0, 1, 2], [3]]),
    core: 5,
    reports: {
      items: {
        path: "a/items.csv",
        encoding: "Windows-1252",
        rows: 6,
        skipped: [{ reason: "repeated", rows: 2 }],
      },
      interactions: { path: "a/log.csv", encoding: "UTF-8", rows: 4, skipped: [] },
    },
  };
  assert.deepEqual(rowReportTable(catalogue).rows, [
    ["items.csv", "all rows, read as Windows-1252", 6],
    ["items.csv", "left out: repeated", 2],
    ["items.csv", "kept", 4],
    ["log.csv", "all rows", 4],
    ["log.csv", "kept", 4],
    ["log.csv", "of these, outside the 5-core: not trained on", 1],
    ["log.csv", "of these, trained on and measured", 3],
  ]);
});

Deno.test("an item's first three users are named with the place from 1", () => {
  const prospects = [4, 2, 0, 1].map((user, rank) => ({ user, rank }));
  const { rows } = audienceTable(
    "New",
    [{ item: 1, prospects }, { item: 0, prospects: [] }],
    { itemIds: ["x", "y"], itemTexts: ["a lamp", "a chair"] },
    ["a", "b", "c", "d", "e"],
  );
  assert.deepEqual(rows, [["y", "a chair", 4, "e (1), c (2), a (3)"], ["x", "a lamp", 0, "–"]]);
});

Deno.test("recommendations are saved with ranks from 1, identifiers quoted where need be", () =>
  inFolder({}, async (root) => {
    const list = (items: number[]) => ({ items: Int32Array.from(items), scores: Float32Array.of(1.5, -0.5) });
    const names = { userIds: ["u", "v"], itemIds: ["x", 'a, "b"'] };
    const path = await saveRecommendations("mine", [list([1, 0]), list([0])], names, root);
    assert.equal(path, join(root, "mine", "recommendations.csv"));
    assert.equal(
      await Deno.readTextFile(path),
      'user,rank,item,score\nu,1,"a, ""b""",1.5\nu,2,x,-0.5\nv,1,x,1.5\n',
    );
  }));
