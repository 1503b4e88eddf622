import assert from "node:assert/strict";
import { basename } from "node:path";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { saveTable } from "../../figures/output/save.ts";
import { mainTable } from "./main_table.ts";
import { joinLines, readNotebook } from "./notebook_file.ts";
import { listNotebooks } from "./notebooks.ts";

const table = { caption: "Data", columns: [{ name: "users", heading: "Users" }], rows: [[8442]] };

Deno.test("the table that a notebook is about is read from where it was saved", () =>
  withTemporaryFolder(async (root) => {
    assert.equal(await mainTable("01-datasets", "OR/seed=2", 80, root), null);
    await saveTable("OR/seed=2", "table-2", table, root);
    assert.equal(await mainTable("01-datasets", "OR/seed=2", 80, root), "Data\n\nUsers\n8,442\n");
    assert.equal(await mainTable("99-unknown", "OR/seed=2", 80, root), null);
  }));

Deno.test("every notebook saves the table that it is about", async () => {
  for (const path of await listNotebooks()) {
    const name = basename(path, ".ipynb");
    const code = (await readNotebook(path)).cells.map(({ source }) => joinLines(source)).join("\n");
    await withTemporaryFolder(async (root) => {
      // of all tables that the notebook names, one is what it is about
      for (const [, table_] of code.matchAll(/"(table-[\w-]+)":/g)) {
        await saveTable("OR", table_, table, root);
      }
      assert.notEqual(await mainTable(name, "OR", 80, root), null, name);
    });
  }
});
