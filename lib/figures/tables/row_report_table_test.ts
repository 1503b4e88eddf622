import assert from "node:assert/strict";
import type { Catalogue } from "../../data/catalogue/read_catalogue.ts";
import { smallDomain } from "../../data/test_helpers.ts";
import { rowReportTable } from "./row_report_table.ts";

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
