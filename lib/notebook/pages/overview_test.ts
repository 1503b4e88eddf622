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

Deno.test("the paper's tables and figures come first, in its order, with their origin and what differs", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("Scientific", root);
    const ids = [...page.querySelectorAll("section[id]")].map(({ id }) => id);
    assert.deepEqual(ids.slice(0, paperItems.length), paperItems.map(({ name }) => name));
    const section = page.querySelector("#table-2")!;
    assert.deepEqual([...section.querySelectorAll("td")].map(({ textContent }) => textContent).slice(0, 3), [
      "8,442",
      "Scientific (paper)",
      "8,442",
    ]);
    for (const part of ["01-datasets", "seed 7", "3 min 05 s", '"sizes": "<all>"', "What differs and why"]) {
      assert.ok(section.textContent.includes(part), part);
    }
  }));

Deno.test("what is missing is said, with the reason", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("Scientific", root);
    const missing = (name: string) => page.querySelector(`#${name} .missing`)?.textContent ?? "";
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

Deno.test("everything else stands under the notebook that made it, and nothing twice", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("Scientific", root);
    const headings = [...page.querySelectorAll("h3, h4")].map(({ textContent }) => textContent);
    assert.deepEqual(headings, [
      "01-datasets",
      "Item popularity",
      "Made by runs that were not recorded",
      "Old",
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
    assert.ok(links.some((link) => link.getAttribute("href") === "hiddenSize=64/index.html"));
    for (const link of own.querySelectorAll("a")) {
      if (link.getAttribute("href") !== "../index.html") continue;
      await Deno.stat(join(root, place, "../index.html"));
    }
  }));

Deno.test("every link leads to a file, and every image has a text", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("sample", root);
    const images = [...page.querySelectorAll("img")];
    for (const image of images) assert.ok(image.getAttribute("alt"));
    const targets = [
      ...[...page.querySelectorAll("a")].map((link) => link.getAttribute("href")),
      ...images.map((image) => image.getAttribute("src")),
    ];
    assert.ok(targets.includes("numbers.sha256") && targets.includes("notebooks/01-datasets.html"));
    for (const target of targets) await Deno.stat(join(root, "sample", target ?? "missing"));
  }));

Deno.test("every notebook's source is linked, and as it ran only where it was run", () =>
  withTemporaryFolder(async (root) => {
    const isAsItRan = (path: string) => path.startsWith("notebooks/");
    const linksIn = (page: Awaited<ReturnType<typeof overviewOf>>, selector: string) =>
      [...page.querySelectorAll(`${selector} a`)].map((link) => link.getAttribute("href") ?? "");
    const page = await overviewOf("Scientific", root);
    for (const { name, notebook } of paperItems) {
      const links = linksIn(page, `#${name}`);
      assert.ok(
        links.includes(relative(join(root, "Scientific"), join(notebooksFolder, `${notebook}.ipynb`))),
      );
      assert.equal(links.some(isAsItRan), notebook === "01-datasets");
    }
    assert.match(page.body.textContent, /these links work only where/);
    await Deno.remove(join(root, "Scientific", "notebooks"), { recursive: true });
    const text = await Deno.readTextFile(await writeOverview("Scientific", root));
    const committed = new DOMParser().parseFromString(text, "text/html");
    assert.ok(!linksIn(committed, "body").some(isAsItRan));
    assert.doesNotMatch(committed.body.textContent, /as it ran/i);
  }));

Deno.test("numbers of the sample stand alone", () =>
  withTemporaryFolder(async (root) => {
    const page = await overviewOf("sample", root);
    assert.match(page.querySelector("#table-2")!.textContent, /not compared with the paper's/);
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
