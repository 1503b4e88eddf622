import { basename, join, relative } from "node:path";
import { outputFolder, type OutputPlace } from "../../figures/output/place.ts";
import { readNumbers } from "../../figures/output/save.ts";
import { readNotebook } from "../running/notebook_file.ts";
import { listNotebooks, notebooksFolder } from "../running/notebooks.ts";
import { parameterNames } from "../running/parameters.ts";
import { readRuns } from "../running/run_records.ts";
import { filesIn } from "./files_in.ts";
import type { NotebookFacts } from "./overview_sections.ts";
import { paperItems } from "./paper_items.ts";

/**
 * Finds what is known about every notebook on a place of outputs: those that there are, that have run, or that the paper's
 * items ask for.
 *
 * @param linksExecuted whether the pages of executed notebooks are named; git does not keep those of the paper's data
 */
export async function factsOfNotebooks(
  place: OutputPlace,
  linksExecuted: boolean,
  root?: string,
): Promise<NotebookFacts[]> {
  const folder = outputFolder(place, root);
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
    executed: executed.has(`${name}.html`) && linksExecuted ? `notebooks/${name}.html` : null,
    run: runs[name] ?? null,
    numbers: numbers[name] ?? null,
  }));
}
