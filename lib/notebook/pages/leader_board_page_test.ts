import assert from "node:assert/strict";
import { join } from "node:path";
import { DOMParser } from "linkedom";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { savedResult, writeArchive } from "../../figures/leader_board/test_results.ts";
import { writePages } from "./write_pages.ts";

const header = "dataset,model,metric,value,std,paper\n";

Deno.test("the page of all data sets has those of the paper that there are numbers of, and leads to each one's own", () =>
  withTemporaryFolder(async (root) => {
    for (const profile of ["Scientific", "Pantry", "sample"]) {
      await Deno.mkdir(join(root, profile));
      // tables of kept results are there without a run
      const name = profile === "Pantry" ? "table-3.md" : "outputs.json";
      await Deno.writeTextFile(
        join(root, profile, name),
        name === "table-3.md" ? "a\n\n| b |\n| - |\n" : "{}",
      );
    }
    const table = (dataset: string, value: number) =>
      `${header}${dataset},SASRec,NDCG@10,0.05,,0.0553\n${dataset},UniSRec t+ID,NDCG@10,${value},,0.0634\n`;
    await Deno.writeTextFile(join(root, "Scientific", "table-3.csv"), table("Scientific", 0.06));
    await Deno.writeTextFile(join(root, "Pantry", "table-3.csv"), table("Pantry", 0.04));
    await Deno.writeTextFile(join(root, "sample", "table-3.csv"), table("Studio", 0.9));
    const test = Array.from({ length: 100 }, (_, user) => user % 2 * 50);
    await writeArchive(join(root, "Scientific", "results.tar.gz"), [savedResult("Neighbours", { test })]);
    const pages = await writePages(root);
    assert.deepEqual(
      pages.map((page) => page.slice(root.length + 1)),
      ["index.html", "Pantry/index.html", "Scientific/index.html", "sample/index.html"],
    );
    const page = new DOMParser().parseFromString(
      await Deno.readTextFile(join(root, "index.html")),
      "text/html",
    );
    const text = page.querySelector("p")!.textContent;
    assert.match(
      text,
      /ahead of all of the paper's baselines in NDCG@10 on 1 of 2 data sets .*\(Scientific\)/,
    );
    assert.match(text, /on 1 of 2 \(Scientific\)/);
    const cells = [...page.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map(({ textContent }) => textContent)
    );
    const neighbours = cells.find(([system]) => system === "Neighbours")!;
    assert.match(neighbours[1], /^0\.5000 \[0\.4\d+, 0\.[56]\d+\]$/);
    assert.equal(neighbours[2], "–");
    assert.ok(!cells.flat().some((cell) => cell.includes("0.9000"))); // the sample's
    const targets = [
      ...[...page.querySelectorAll("a")].map((link) => link.getAttribute("href")!),
      ...[...page.querySelectorAll("img")].map((image) => image.getAttribute("src")!),
    ].filter((target) => target !== "README.md");
    assert.ok(targets.includes("Scientific/index.html"));
    for (const target of targets) await Deno.stat(join(root, target));
    const own = await Deno.readTextFile(join(root, "Pantry", "index.html"));
    assert.match(own, /<a href="..\/index.html">All data sets/);
  }));

Deno.test("without numbers of the paper's data there is no page of all data sets", () =>
  withTemporaryFolder(async (root) => {
    assert.deepEqual(await writePages(root), []);
  }));
