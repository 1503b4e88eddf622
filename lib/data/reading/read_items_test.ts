import assert from "node:assert/strict";
import { inFolder } from "../test_helpers.ts";
import { readItems } from "./read_items.ts";

Deno.test("the first text of an item counts, and rows without item or words are left out and counted", () =>
  inFolder({
    "items.csv": "item,text\nb,blue lamp\n,lost\na,red lamp\nc,\nd,—!\nb,another\nb,blue lamp\nc,漢字\n,\n",
  }, async (folder) => {
    const { texts, report } = await readItems(`${folder}/items.csv`);
    assert.deepEqual([...texts], [["b", "blue lamp"], ["a", "red lamp"], ["c", "漢字"]]);
    assert.equal(report.rows, 9);
    assert.deepEqual(report.skipped.map(({ rows }) => rows), [2, 2, 2]);
  }));
