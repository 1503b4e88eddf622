import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { DOMParser } from "linkedom";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { writeChecksums } from "../../figures/output/checksums.ts";
import { saveFigure, saveNumbers, saveTable } from "../../figures/output/save.ts";
import { listNotebooks, notebooksFolder } from "../running/notebooks.ts";
import { writeOverview } from "./overview.ts";
import { paperItems } from "./paper_items.ts";
import { changeTimes, recordRun } from "../running/run_records.ts";

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
const columns = [{ name: "users", heading: "#Users" }];
const table = { caption: "Data", columns, rows: [[8442]] };

/** Makes a profile's outputs as the notebooks do, and returns its overview. */
async function overviewOf(profile: string, root: string) {
  await saveFigure(profile, "figure-old", svg, root);
  const before = await changeTimes(profile, root);
  await saveTable(profile, "table-2", table, root);
  await saveFigure(profile, "figure-1", svg, root);
  await saveFigure(profile, "figure-item-popularity", svg, root);
  await saveNumbers(profile, "01-datasets", { seed: 7, settings: { sizes: "<all>" }, numbers: {} }, root);
  await recordRun(profile, "01-datasets", { seconds: 185, failure: null }, before, root);
  const nothing = await changeTimes(profile, root);
  await recordRun(
    profile,
    "07-ablations",
    { seconds: 1, failure: "code cell 2: Error: <no>" },
    nothing,
    root,
  );
  await writeChecksums(profile, root);
  await Deno.mkdir(join(root, profile, "notebooks"));
  await Deno.writeTextFile(join(root, profile, "notebooks", "01-datasets.html"), "");
  const path = await writeOverview(profile, root);
  assert.equal(path, join(root, profile, "index.html"));
  return new DOMParser().parseFromString(await Deno.readTextFile(path), "text/html");
}

Deno.test("the paper's tables and figures come first, in its order, with caption, origin and what differs", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("Scientific", root);
    const ids = [...page.querySelectorAll("section[id]")].map(({ id }) => id);
    assert.deepEqual(ids.slice(0, 2), ["figure-1", "table-2"]);
    assert.match(page.querySelector("#figure-1 figcaption")!.textContent, /^Figure 1\. The framework/);
    assert.match(page.querySelector("#figure-1")!.textContent, /What differs and why/);
    assert.equal(page.querySelector("#table-2 figcaption")!.textContent, "Table 2. Data");
    assert.doesNotMatch(page.querySelector("#table-2")!.textContent, /What differs/);
    const section = page.querySelector("#table-2")!;
    assert.deepEqual([...section.querySelectorAll("td")].map(({ textContent }) => textContent).slice(0, 3), [
      "8,442",
      "Scientific (paper)",
      "8,442",
    ]);
    const folded = section.querySelector("details")!.textContent;
    for (const part of ["01-datasets", "seed 7", "3 min 05 s", '"sizes": "<all>"', "--profile Scientific"]) {
      assert.ok(folded.includes(part), part);
    }
  }));

Deno.test("what is missing is said, with the reason", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("Scientific", root);
    const missing = (name: string) => page.querySelector(`details #${name} .missing`)?.textContent ?? "";
    assert.equal(missing("figure-1"), "");
    assert.match(missing("figure-2"), /06-pretraining-domains has not been run on Scientific/);
    assert.match(missing("figure-3"), /07-ablations failed in code cell 2: Error: <no>/);
    assert.match(missing("figure-3"), /task notebook 07-ablations --profile Scientific/);
  }));

Deno.test("the command for what is missing names sources where a profile has none of its own", () =>
  withTemporaryFolder(async (root) => {
    const command = (page: Awaited<ReturnType<typeof overviewOf>>, name: string) =>
      page.querySelector(`#${name} .missing code`)?.textContent;
    const real = await overviewOf("Scientific", root);
    assert.match(
      command(real, "figure-2")!,
      / --profile Scientific --set 'sourceNames=\["SOURCE"\]' --out \.$/,
    );
    const sample = await overviewOf("sample", root);
    assert.match(command(sample, "figure-2")!, / --profile sample$/);
  }));

Deno.test("ours against the paper's is drawn where there are both, and what the paper lacks is numbered on", () =>
  withTemporaryFolder(async (root) => {
    await Deno.mkdir(join(root, "Scientific"));
    await Deno.writeTextFile(
      join(root, "Scientific", "table-3.csv"),
      "dataset,model,metric,value,std,paper\nScientific,UniSRec t+ID,NDCG@10,0.06,,0.0634\n",
    );
    await Deno.writeTextFile(join(root, "Scientific", "table-3.md"), "Table 3: a\n\n| b |\n| --- |\n| c |\n");
    const page = await overviewOf("Scientific", root);
    const labels = (selector: string) =>
      [...page.querySelectorAll(`${selector} figcaption b`)].map(({ textContent }) => textContent);
    assert.deepEqual(labels("#table-3"), ["Table 3.", "Figure S1."]);
    assert.deepEqual(labels("#figure-item-popularity"), ["Figure S2."]);
    assert.match(page.querySelector("h1 + p")!.textContent, /UniSRec t\+ID reaches .* where the paper has/);
  }));

Deno.test("everything else stands under the notebook that made it, and nothing twice", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("Scientific", root);
    const headings = [...page.querySelectorAll("h3, h4")].map(({ textContent }) => textContent);
    assert.deepEqual(headings, [
      "01-datasets",
      "Item popularity",
      "Made by runs that were not recorded",
      "Old",
      ...paperItems.filter(({ name }) => !["figure-1", "table-2"].includes(name)).map(({ title }) => title),
    ]);
    const images = [...page.querySelectorAll("img")].map((image) => image.getAttribute("src"));
    assert.deepEqual(images, ["figure-1.svg", "figure-item-popularity.svg", "figure-old.svg"]);
  }));

Deno.test("what was made with other settings has a page of its own that says so, and misses nothing", () =>
  withTemporaryFolder(async (root) => {
    const place = "Scientific/hiddenSize=64";
    const before = await changeTimes(place, root);
    await saveTable(place, "table-2", table, root);
    await recordRun(
      place,
      "01-datasets",
      { seconds: 1, failure: null, set: { hiddenSize: 64 } },
      before,
      root,
    );
    const read = async (path: string) =>
      new DOMParser().parseFromString(await Deno.readTextFile(path), "text/html");
    const own = await read(await writeOverview(place, root));
    assert.match(own.querySelector("h1")!.textContent, /^UniSRec on Scientific: hiddenSize=64$/);
    assert.match(own.querySelector("#table-2")!.textContent, /set: hiddenSize = 64/);
    assert.deepEqual([...own.querySelectorAll(".missing")], []);
    const links = [...(await overviewOf("Scientific", root)).querySelectorAll("a")];
    // git keeps that page, and not the one of other settings
    assert.ok(!links.some((link) => link.getAttribute("href") === "hiddenSize=64/index.html"));
    await Deno.mkdir(join(root, "sample", "epochs=1"), { recursive: true });
    await Deno.writeTextFile(join(root, "sample", "epochs=1", "index.html"), "");
    const ofSample = [...(await overviewOf("sample", root)).querySelectorAll("a")];
    assert.ok(ofSample.some((link) => link.getAttribute("href") === "epochs=1/index.html"));
    for (const link of own.querySelectorAll("a")) {
      if (link.getAttribute("href") !== "../index.html") continue;
      await Deno.stat(join(root, place, "../index.html"));
    }
  }));

Deno.test("every link leads to a file, and every image has a text", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("sample", root);
    await Deno.writeTextFile(join(root, "index.html"), "");
    await overviewOf("Pantry", root); // links the page of all data sets, which there is now
    const images = [...page.querySelectorAll("img")];
    for (const image of images) assert.ok(image.getAttribute("alt"));
    const targets = [
      ...[...page.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      ...images.map((image) => image.getAttribute("src")),
    ];
    assert.ok(targets.includes("numbers.sha256") && targets.includes("notebooks/01-datasets.html"));
    for (const target of targets) await Deno.stat(join(root, "sample", target ?? "missing"));
  }));

Deno.test("every notebook's source is linked, and as it ran only where git leaves the page out, too", () =>
  withTemporaryFolder(async (root) => {
    const isAsItRan = (path: string) => path.startsWith("notebooks/");
    for (const profile of ["Scientific", "sample"]) {
      const page = await overviewOf(profile, root);
      for (const { name, notebook } of paperItems) {
        const links = [...page.querySelectorAll(`#${name} a`)].map((link) => link.getAttribute("href") ?? "");
        const source = relative(join(root, profile), join(notebooksFolder, `${notebook}.ipynb`));
        assert.ok(links.includes(source), name);
        assert.equal(links.some(isAsItRan), profile === "sample" && notebook === "01-datasets");
      }
    }
  }));

Deno.test("numbers of the sample stand alone", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("sample", root);
    assert.match(page.body.textContent, /none of these numbers is compared with the paper's/);
    assert.doesNotMatch(page.body.textContent, /What differs and why/);
    assert.doesNotMatch(page.documentElement.textContent, /\(paper\)|The paper's numbers/);
  }));

Deno.test("the notebook named for each of the paper's items saves it", async () => {
  for (const path of await listNotebooks()) {
    const source = await Deno.readTextFile(path);
    for (const { name, notebook } of paperItems) {
      const saves = source.includes(`\\"${name}\\": `);
      assert.equal(saves, path.includes(notebook), `${name} in ${path}`);
    }
  }
});
