import { join } from "node:path";
import { exists } from "../../data/files.ts";
import { escapeHtml } from "../../figures/drawing/html.ts";
import { savedScores } from "../../figures/leader_board/saved_scores.ts";
import { checksumFile } from "../../figures/output/checksums.ts";
import { outputFolder, type OutputPlace, partsOfPlace } from "../../figures/output/place.ts";
import { saveFigure } from "../../figures/output/save.ts";
import { toHtml } from "../../figures/output/table.ts";
import { datasetName, paperStatistics } from "../../figures/paper.ts";
import { datasetTable } from "../../figures/tables/dataset_table.ts";
import { writeFileAtomically } from "../../write_file.ts";
import { tableBox } from "./boxes.ts";
import { titleOf } from "./captions.ts";
import { drawAgainstPaper } from "./draw_against_paper.ts";
import { filesIn } from "./files_in.ts";
import { htmlPage } from "./html_page.ts";
import { factsOfNotebooks } from "./notebook_facts.ts";
import { openingOf } from "./overview_opening.ts";
import { link, missingHtml, type NotebookFacts, originHtml, outputHtml } from "./overview_sections.ts";
import { type PaperItem, paperItems } from "./paper_items.ts";

const sampleNote =
  "The data are invented, to show that everything works: none of these numbers is compared with the " +
  "paper's.";

/** Ours against the paper's Table 3, which is drawn here and not by a notebook. */
const againstPaper = "figure-against-paper";

/** What a folder of outputs holds. */
interface Outputs {
  profile: string;
  /** The name of the folder in the profile's; null for that itself. */
  out: string | null;
  folder: string;
  files: ReadonlySet<string>;
  /** Whether the data are the paper's: git keeps these pages, without the executed notebooks and other settings. */
  isPaperData: boolean;
}

/**
 * Writes `index.html` in a folder of outputs, as the overview of a paper: what came out in numbers, the paper's tables and
 * figures, then everything else that the notebooks made, numbered, with captions.
 *
 * @returns the page's path
 */
export async function writeOverview(place: OutputPlace, root?: string): Promise<string> {
  const { profile, out } = partsOfPlace(place);
  const folder = outputFolder(place, root);
  const saved = await savedScores(folder);
  // the sample and data of one's own have other names than their profile
  const dataset = saved.some((score) => score.dataset === profile) ? profile : saved[0]?.dataset;
  const scores = saved.filter((score) => score.dataset === dataset);
  const compared = scores.some(({ paper }) => paper !== null);
  if (compared) {
    const svg = drawAgainstPaper([{ dataset: "", scores }], ["Recall@10", "NDCG@10"]);
    await saveFigure(place, againstPaper, svg, root);
  }
  const isPaperData = await paperStatistics(profile) !== null;
  const outputs = { profile, out, folder, files: await filesIn(folder), isPaperData };
  const notebooks = await factsOfNotebooks(place, !isPaperData, root);
  // a folder of other settings is made by some notebooks, and misses nothing
  const items = paperItems.filter(({ name }) => out === null || isMade(name, outputs));
  const [made, missing] = [
    items.filter(({ name }) => isMade(name, outputs)),
    items.filter(({ name }) => !isMade(name, outputs)),
  ];
  const sections = await Promise.all(made.map((item) => paperSection(item, outputs, notebooks)));
  const name = profile === "sample" ? "the sample" : datasetName(profile);
  const title = `UniSRec on ${name}${out === null ? "" : `: ${out}`}`;
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    dataset === undefined ? "" : await openingOf(dataset, folder, scores),
    ...profile === "sample" ? [`<p>${sampleNote}</p>`] : [],
    ...out === null ? [] : [
      `<p>Made with other settings than those of ${
        link("../index.html", `the profile ${profile}`)
      }: each notebook says below what was set.</p>`,
    ],
    `<p>Everything is numbered as in the paper; what it does not have is numbered S1, S2 and so on. Command, seed and ` +
    `settings are folded below each. Times are those of a notebook's last run: trainings that were complete under ` +
    `<code>runs/</code> were read, and not run again.</p>`,
    ...await otherSettings(outputs),
    ...sections,
    "<h2>More by notebook</h2>",
    ...await otherSections(outputs, notebooks),
    ...missingSections(missing, outputs, notebooks),
    ...numbersLinks(outputs.files),
  ];
  const links = await exists(join(folder, acrossAll(out)))
    ? [{ path: acrossAll(out), text: "All data sets" }]
    : [];
  const path = join(folder, "index.html");
  await writeFileAtomically(path, htmlPage(title, body.filter((part) => part !== "").join("\n"), { links }));
  return path;
}

/** Says what of the paper there is not yet, folded. */
function missingSections(
  items: readonly PaperItem[],
  { profile }: Outputs,
  notebooks: readonly NotebookFacts[],
): string[] {
  if (items.length === 0) return [];
  const labels = items.map(({ title }) => labelOf(title)).join(", ");
  const sections = items.map(({ name, title, notebook }) =>
    `<section id="${name}"><h3>${title}</h3>${
      missingHtml(notebooks.find((one) => one.name === notebook)!, profile)
    }</section>`
  );
  return [
    `<h2>Not made yet</h2><details><summary>${labels}</summary>${sections.join("")}</details>`,
  ];
}

/** Returns `Table 3` of a title such as `Table 3. Performance`. */
const labelOf = (title: string) => title.split(".")[0];

const acrossAll = (out: string | null) => out === null ? "../index.html" : "../../index.html";

/** Links the pages of what was made with other settings, where there are any on this machine; git does not keep them. */
async function otherSettings({ out, folder, files, isPaperData }: Outputs): Promise<string[]> {
  if (out !== null || isPaperData) return [];
  const pages = [];
  for (const name of files) {
    if (!(await Deno.stat(join(folder, name))).isDirectory) continue;
    const page = `${name}/index.html`;
    if (await exists(join(folder, page))) pages.push(`<li>${link(page, name)}</li>`);
  }
  return pages.length === 0 ? [] : [`<p>With other settings:</p><ul>${pages.join("")}</ul>`];
}

async function paperSection(item: PaperItem, outputs: Outputs, notebooks: NotebookFacts[]): Promise<string> {
  const notebook = notebooks.find(({ name }) => name === item.notebook)!;
  const { name, title } = item;
  const { profile, isPaperData } = outputs;
  const difference = isPaperData ? item.difference(profile) : null;
  const comparison = name === "table-3" && isMade(againstPaper, outputs)
    ? `<div id="${againstPaper}">${await outputSection(againstPaper, "Figure S1", outputs)}</div>`
    : "";
  return `<section id="${name}"><h2>${title.slice(labelOf(title).length + 2)}</h2>${await outputSection(
    name,
    labelOf(title),
    outputs,
  )}${await paperRows(
    item,
    profile,
  )}${comparison}${difference === null ? "" : `<p><strong>What differs and why.</strong> ${difference}</p>`}${
    originHtml(notebook, profile)
  }</section>`;
}

/** The paper's rows of Table 2, which is saved without them. */
async function paperRows({ name }: PaperItem, profile: string): Promise<string> {
  const row = name === "table-2" ? await paperStatistics(profile) : null;
  return row ? tableBox(toHtml({ ...datasetTable([row]), caption: "The paper's numbers" })) : "";
}

async function otherSections(outputs: Outputs, notebooks: NotebookFacts[]): Promise<string[]> {
  const others = new Set(
    [...outputs.files].filter((file) => /\.(svg|md)$/.test(file)).map((file) => file.replace(/\.\w+$/, ""))
      .filter((name) => name !== againstPaper && paperItems.every((item) => item.name !== name)),
  );
  const numbers = { Table: 0, Figure: isMade(againstPaper, outputs) ? 1 : 0 };
  const sections = [];
  for (const notebook of notebooks) {
    const own = (notebook.run?.outputs ?? []).filter((name) => others.delete(name));
    const isShownAbove = paperItems.some((item) => item.notebook === notebook.name);
    const isKnown = notebook.run !== null || notebook.numbers !== null;
    if (own.length === 0 && (isShownAbove || !isKnown)) continue;
    sections.push(
      `<section><h3>${notebook.name}</h3>${originHtml(notebook, outputs.profile)}</section>`,
      ...await otherOutputs(own, outputs, numbers),
    );
  }
  if (others.size > 0) {
    sections.push(
      "<h3>Made by runs that were not recorded</h3>",
      ...await otherOutputs([...others], outputs, numbers),
    );
  }
  return sections;
}

/** @param numbers how many tables and figures there were before; those that are added count on */
function otherOutputs(
  names: string[],
  outputs: Outputs,
  numbers: Record<"Table" | "Figure", number>,
): Promise<string[]> {
  const labelled = names.map((name) => {
    const kind = outputs.files.has(`${name}.svg`) ? "Figure" : "Table";
    return { name, label: `${kind} S${++numbers[kind]}` };
  });
  return Promise.all(
    labelled.map(async ({ name, label }) =>
      `<section id="${name}"><h4>${titleOf(name)}</h4>${await outputSection(name, label, outputs)}</section>`
    ),
  );
}

async function outputSection(name: string, label: string, { folder, files }: Outputs): Promise<string> {
  const read = async (file: string) =>
    files.has(file) ? await Deno.readTextFile(join(folder, file)) : undefined;
  return outputHtml({
    name,
    label,
    files,
    markdown: await read(`${name}.md`),
    svg: await read(`${name}.svg`),
  });
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
