import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "../../data/files.ts";
import { DataError } from "../../errors.ts";
import { escapeHtml } from "../../figures/drawing/html.ts";
import { makeFolder } from "../../write_file.ts";
import { htmlPage } from "../pages/html_page.ts";
import { link } from "../pages/overview_sections.ts";
import { writePages } from "../pages/write_pages.ts";
import { publicFigures } from "./public_figures.ts";
import { renderDocument } from "./render_document.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));

/** The document that the site begins with. */
const front = "README.md";

/**
 * Writes the site: the documents that can be reached from the README, the pages of the sample and of the paper's data sets,
 * the notebooks, and the reference of the library. Pages of one's own data stay out, as they hold users' identifiers.
 *
 * @param site an empty folder, or one that is made
 */
export async function writeSite(site: string): Promise<void> {
  await writePages();
  for (const path of await publicFigures(join(project, "figures"))) await copy(`figures/${path}`, site);
  for await (const { name } of Deno.readDir(join(project, "notebooks"))) {
    if (name.endsWith(".ipynb")) await copy(`notebooks/${name}`, site);
  }
  const documents = await writeDocuments(site);
  await linkDocuments(site, documents);
  await writeReference(site);
}

async function copy(path: string, site: string): Promise<void> {
  await makeFolder(dirname(join(site, path)));
  await Deno.copyFile(join(project, path), join(site, path));
}

/**
 * Writes the README and every document that it leads to as pages, and copies what they name beside.
 *
 * @returns the documents' paths
 */
async function writeDocuments(site: string): Promise<string[]> {
  const documents = [front];
  for (const path of documents) {
    const found = new Set<string>();
    const page = pageOf(path);
    const html = renderDocument(
      await Deno.readTextFile(join(project, path)),
      (target) => {
        if (/^[a-z]+:|^#/i.test(target)) return target;
        const [file, ...fragment] = target.split("#");
        const to = normalize(join(dirname(path), file));
        found.add(to);
        return [relative(dirname(page), pageOf(to)) || ".", ...fragment].join("#");
      },
      path === front ? { links: await frontLinks() } : {
        links: [{ path: relative(dirname(page), "index.html"), text: "UniSRec in TypeScript" }],
      },
    );
    await makeFolder(dirname(join(site, page)));
    await Deno.writeTextFile(join(site, page), html);
    for (const to of found) {
      if (to.endsWith(".md")) documents.includes(to) || documents.push(to);
      else await copyNamed(path, to, site);
    }
  }
  return documents;
}

/** Returns what the first page leads to; the sample only where it was reproduced. */
async function frontLinks(): Promise<{ path: string; text: string }[]> {
  const sample = { path: "figures/sample/index.html", text: "The sample, notebook by notebook" };
  return [
    { path: "figures/index.html", text: "Results on all data sets" },
    ...await exists(join(project, sample.path)) ? [sample] : [],
    { path: "api/index.html", text: "Reference of the library" },
  ];
}

/** Where a document stands on the site; anything else stays where it is. */
function pageOf(path: string): string {
  return path === front ? "index.html" : path.replace(/\.md$/, ".html");
}

async function copyNamed(document: string, path: string, site: string): Promise<void> {
  let entry;
  try {
    entry = await Deno.stat(join(project, path));
  } catch {
    throw new DataError({
      where: document,
      expected: "links to what there is in the project",
      found: path,
      advice: "Mend the link.",
    });
  }
  if (entry.isFile) return await copy(path, site);
  const names = (await Array.fromAsync(Deno.readDir(join(project, path)))).filter(({ isFile }) => isFile)
    .map(({ name }) => name).sort();
  for (const name of names) await copy(`${path}/${name}`, site);
  if (names.includes("index.html")) return;
  const list = names.map((name) => `<li>${link(name)}</li>`).join("");
  const body = `<h1>${escapeHtml(path)}</h1><ul>${list}</ul>`;
  await Deno.writeTextFile(join(site, path, "index.html"), htmlPage(path, body));
}

/** Lets the pages of figures lead to documents' pages, where a clone has the documents themselves. */
async function linkDocuments(site: string, documents: readonly string[]): Promise<void> {
  const folder = "figures";
  for await (const { name } of Deno.readDir(join(site, folder))) {
    if (!name.endsWith(".html")) continue;
    const path = join(site, folder, name);
    const html = (await Deno.readTextFile(path)).replace(/href="([^":]+\.md)"/g, (whole, target: string) => {
      const to = normalize(join(folder, target));
      return documents.includes(to) ? `href="${relative(folder, pageOf(to))}"` : whole;
    });
    await Deno.writeTextFile(path, html);
  }
}

/** Lets Deno write the reference of what a program and a notebook import. */
async function writeReference(site: string): Promise<void> {
  const entries = ["lib/mod.ts", "lib/notebook/mod.ts"];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--quiet", "--html", "--name=UniSRec", `--output=${join(site, "api")}`, ...entries],
    cwd: project,
    stdout: "null",
  }).output();
  if (success) return;
  throw new DataError({
    where: entries.join(", "),
    expected: "documentation that deno doc can read",
    found: new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "",
    advice: "Run `deno doc --lint lib/mod.ts` to see more.",
  });
}
