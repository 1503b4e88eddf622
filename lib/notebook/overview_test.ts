import assert from "node:assert/strict";
import { join } from "node:path";
import { DOMParser } from "linkedom";
import { saveFigure, saveNumbers, saveTable } from "../figures/save.ts";
import { writeOverview } from "./overview.ts";

Deno.test("the overview shows every table and figure, and each of its links leads to a file", async () => {
  const root = await Deno.makeTempDir();
  try {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
    const columns = [{ name: "users", heading: "#Users" }];
    await saveTable("mine", "table-2", { caption: "Data", columns, rows: [[8442]] }, root);
    await saveFigure("mine", "figure-1", svg, root);
    await saveNumbers("mine", "01-datasets", { seed: 1, settings: {}, numbers: {} }, root);
    await Deno.mkdir(join(root, "mine", "notebooks"));
    await Deno.writeTextFile(join(root, "mine", "notebooks", "01-datasets.html"), "");
    const path = await writeOverview("mine", root);
    assert.equal(path, join(root, "mine", "index.html"));
    const page = new DOMParser().parseFromString(await Deno.readTextFile(path), "text/html");
    assert.equal(page.querySelector("td")?.textContent, "8,442");
    const targets = [
      ...[...page.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      ...[...page.querySelectorAll("img")].map((image) => image.getAttribute("src")),
    ];
    assert.equal(targets.length, 1 + 3 + 3 + 1 + 1);
    for (const target of targets) await Deno.stat(join(root, "mine", target ?? "missing"));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
