import { basename, join, relative } from "node:path";
import { checksumFile } from "../../figures/output/checksums.ts";
import { datasetTable } from "../../figures/tables/dataset_table.ts";
import { paperStatistics } from "../../figures/paper.ts";
import { outputFolder, type OutputPlace, partsOfPlace } from "../../figures/output/place.ts";
import { readNumbers } from "../../figures/output/save.ts";
import { toHtml } from "../../figures/output/table.ts";
import { exists } from "../../data/files.ts";
import { escapeHtml } from "../../figures/drawing/html.ts";
import { writeFileAtomically } from "../../write_file.ts";
import { htmlPage } from "./html_page.ts";
import { readNotebook } from "../running/notebook_file.ts";
import { listNotebooks, notebooksFolder } from "../running/notebooks.ts";
import { link, missingHtml, type NotebookFacts, originHtml, outputHtml } from "./overview_sections.ts";
import { type PaperItem, paperItems } from "./paper_items.ts";
import { parameterNames } from "../running/parameters.ts";
import { readRuns } from "../running/run_records.ts";

const sampleDifference = "The data are invented: numbers of the sample are not compared with the paper's.";

/** What a folder of outputs holds. */
interface Outputs {
  profile: string;
  /** The name of the folder in the profile's; null for that itself. */
  out: string | null;
  folder: string;
  files: ReadonlySet<string>;
}

/**
 * Writes `index.html` in a folder of outputs: the paper's tables and figures, then everything else that the notebooks made,
 * on one page.
 *
 * @returns the page's path
 */
export async function writeOverview(place: OutputPlace, root?: string): Promise<string> {
  const folder = outputFolder(place, root);
  const outputs = { ...partsOfPlace(place), folder, files: await filesIn(folder) };
  const { profile, out } = outputs;
  const notebooks = await factsOfNotebooks(place, outputs, root);
  // a folder of other settings is made by some notebooks, and misses nothing
  const items = paperItems.filter(({ name }) => out === null || isMade(name, outputs));
  const sections = await Promise.all(items.map((item) => paperSection(item, outputs, notebooks)));
  const title = out === null ? `UniSRec on ${profile}` : `UniSRec on ${profile}: ${out}`;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...out === null ? [] : [
      `<p>Made with other settings than those of ${
        link("../index.html", `the profile ${profile}`)
      }: each notebook says ` +
      "below what was set.</p>",
    ],
    "<p>The paper's tables and figures first, then what else the notebooks show. Times are those of a notebook's last " +
    "run: trainings that were complete under <code>runs/</code> were read, and not run again.</p>",
    ...notebooks.some(({ executed }) => executed !== null)
      ? [
        "<p>“As it ran” opens the executed notebook. Git leaves those out, so these links work only where the notebooks " +
        "were run.</p>",
      ]
      : [],
    ...await otherSettings(outputs),
    ...sections,
    "<h2>More by notebook</h2>",
    ...await otherSections(outputs, notebooks),
    ...numbersLinks(outputs.files),
  ];
  const path = join(folder, "index.html");
  await writeFileAtomically(path, htmlPage(title, body.join("\n")));
  return path;
}

/** Links the pages of what was made with other settings, where there are any on this machine. */
async function otherSettings({ out, folder, files }: Outputs): Promise<string[]> {
  if (out !== null) return [];
  const pages = [];
  for (const name of files) {
    if (!(await Deno.stat(join(folder, name))).isDirectory) continue;
    const page = `${name}/index.html`;
    if (await exists(join(folder, page))) pages.push(`<li>${link(page, name)}</li>`);
  }
  return pages.length === 0
    ? []
    : [`<p>With other settings (Git leaves these out):</p><ul>${pages.join("")}</ul>`];
}

async function factsOfNotebooks(
  place: OutputPlace,
  { folder }: Outputs,
  root?: string,
): Promise<NotebookFacts[]> {
  const [runs, numbers] = [await readRuns(place, root), await readNumbers(place, root)];
  const executed = await filesIn(join(folder, "notebooks"));
  const paths = await listNotebooks();
  const sources = paths.map((path) => basename(path, ".ipynb"));
  const parameters = await Promise.all(paths.map(async (path) => parameterNames(await readNotebook(path))));
  const expected = paperItems.map(({ notebook }) => notebook);
  const names = [...new Set([...sources, ...expected, ...Object.keys(runs), ...Object.keys(numbers)])].sort();
  return names.map((name) => ({
    name,
    source: sources.includes(name) ? relative(folder, join(notebooksFolder, `${name}.ipynb`)) : null,
    readsSources: parameters[sources.indexOf(name)]?.includes("sourceNames") ?? false,
    executed: executed.has(`${name}.html`) ? `notebooks/${name}.html` : null,
    run: runs[name] ?? null,
    numbers: numbers[name] ?? null,
  }));
}

async function paperSection(item: PaperItem, outputs: Outputs, notebooks: NotebookFacts[]): Promise<string> {
  const notebook = notebooks.find(({ name }) => name === item.notebook)!;
  const content = isMade(item.name, outputs)
    ? await outputSection(item.name, item.title, outputs) + await paperRows(item, outputs.profile) +
      originHtml(notebook) +
      `<p><strong>What differs and why.</strong> ${
        outputs.profile === "sample" ? sampleDifference : item.difference
      }</p>`
    : missingHtml(notebook, outputs.profile);
  return `<section id="${item.name}"><h2>${item.title}</h2>${content}</section>`;
}

/** The paper's rows of Table 2, which is saved without them. */
async function paperRows({ name }: PaperItem, profile: string): Promise<string> {
  const row = name === "table-2" ? await paperStatistics(profile) : null;
  return row ? toHtml({ ...datasetTable([row]), caption: "The paper's numbers" }) : "";
}

async function otherSections(outputs: Outputs, notebooks: NotebookFacts[]): Promise<string[]> {
  const others = new Set(
    [...outputs.files].filter((file) => /\.(svg|md)$/.test(file)).map((file) => file.replace(/\.\w+$/, ""))
      .filter((name) => paperItems.every((item) => item.name !== name)),
  );
  const sections = [];
  for (const notebook of notebooks) {
    const own = (notebook.run?.outputs ?? []).filter((name) => others.delete(name));
    const isShownAbove = paperItems.some((item) => item.notebook === notebook.name);
    const isKnown = notebook.run !== null || notebook.numbers !== null;
    if (own.length === 0 && (isShownAbove || !isKnown)) continue;
    sections.push(
      `<section><h3>${notebook.name}</h3>${originHtml(notebook)}</section>`,
      ...await otherOutputs(own, outputs),
    );
  }
  if (others.size > 0) {
    sections.push(
      "<h3>Made by runs that were not recorded</h3>",
      ...await otherOutputs([...others], outputs),
    );
  }
  return sections;
}

function otherOutputs(names: string[], outputs: Outputs): Promise<string[]> {
  return Promise.all(names.map(async (name) => {
    const words = name.replace(/^(figure|table)-/, "").replaceAll("-", " ");
    const title = words[0].toUpperCase() + words.slice(1);
    return `<section id="${name}"><h4>${title}</h4>${await outputSection(name, title, outputs)}</section>`;
  }));
}

async function outputSection(name: string, label: string, { folder, files }: Outputs): Promise<string> {
  const markdown = files.has(`${name}.md`) ? await Deno.readTextFile(join(folder, `${name}.md`)) : undefined;
  return outputHtml(name, label, files, markdown);
}

function isMade(name: string, { files }: Outputs): boolean {
  return files.has(`${name}.svg`) || files.has(`${name}.md`);
}

function numbersLinks(files: ReadonlySet<string>): string[] {
  if (!files.has("numbers.json")) return [];
  const checksums = files.has(checksumFile) ? `; checksums of all numbers: ${link(checksumFile)}` : "";
  return [
    "<h2>Numbers</h2>",
    `<p>Every number, with its seed and settings: ${link("numbers.json")}${checksums}</p>`,
  ];
}

/** Names the files of a folder, none if it does not exist. */
async function filesIn(folder: string): Promise<Set<string>> {
  try {
    return new Set((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort());
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Set();
    throw error;
  }
}
