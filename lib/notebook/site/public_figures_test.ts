import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { publicFigures } from "./public_figures.ts";

Deno.test("no output of one's own data gets onto the site", () =>
  withTemporaryFolder(async (root) => {
    const seen = [
      "OR/index.html",
      "OR/results.tar.gz",
      "index.html",
      "sample/epochs=1/table-3.csv",
      "sample/notebooks/01-datasets.html",
    ];
    const hidden = [
      "MyShop/index.html",
      "MyShop/notebooks/10-your-own-data.html",
      "OR/recommendations.csv",
      "OR/table-own-data-new-items.md",
      "OR/notebooks/10-your-own-data.html",
      "OR/hiddenSize=64/recommendations.csv",
    ];
    for (const path of [...seen, ...hidden]) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), "");
    }
    assert.deepEqual(await publicFigures(root), seen);
  }));
