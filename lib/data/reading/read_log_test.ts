import assert from "node:assert/strict";
import { DataError } from "../../errors.ts";
import { inFolder, rejects } from "../test_helpers.ts";
import { readLog } from "./read_log.ts";

Deno.test("incomplete rows are left out for one reason each", () =>
  inFolder({
    "log.csv": [
      "time,user,item,price",
      "2024-01-02,u,a,1",
      ",,,",
      "2024-01-02,v,,1",
      ",v,a,1",
      "2024-01-02,u,a,2",
      "2024-01-03,u,a,1",
      "2024-01-02,v,a,1",
    ].join("\n"),
  }, async (folder) => {
    const { interactions, report } = await readLog(`${folder}/log.csv`);
    const { userIds, itemIds, users, items, times } = interactions;
    assert.deepEqual([userIds, itemIds], [["u", "v"], ["a"]]);
    assert.deepEqual([[...users], [...items]], [[0, 0, 0, 1], [0, 0, 0, 0]]);
    assert.deepEqual([...times], [2, 2, 3, 2].map((day) => Date.UTC(2024, 0, day)));
    assert.equal(report.rows, 7);
    assert.deepEqual(report.skipped, [
      { reason: "without a user", rows: 1 },
      { reason: "without an item", rows: 1 },
      { reason: "without a time", rows: 1 },
    ]);
  }));

Deno.test("mixed ways of writing times are an error that names the line in the file", () =>
  inFolder(
    { "log.csv": 'user,item,time\n"a\nb",x,2024-01-02\n\nc,y,1704153600\n' },
    (folder) =>
      rejects(
        readLog(`${folder}/log.csv`),
        DataError,
        /log\.csv:5: expected a date, as on line 2 .* Unix seconds/,
      ),
  ));
