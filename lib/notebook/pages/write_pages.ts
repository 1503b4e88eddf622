import { join } from "node:path";
import { exists } from "../../data/files.ts";
import { figuresFolder } from "../../figures/output/place.ts";
import { writeFileAtomically } from "../../write_file.ts";
import { readNotebook } from "../running/notebook_file.ts";
import { hasOutputs } from "./files_in.ts";
import { writeLeaderBoard } from "./leader_board_page.ts";
import { writeOverview } from "./overview.ts";
import { renderHtml } from "./render_html.ts";

/**
 * Writes every page in the folder of figures anew, from what lies there: executed notebooks, the overview of each profile
 * and of each folder of other settings, and the page across all data sets.
 *
 * @returns the pages' paths
 */
export async function writePages(root: string = figuresFolder): Promise<string[]> {
  const places = (await foldersIn(root)).filter((name) => name !== "notebooks");
  const board = await writeLeaderBoard(root); // first, as the overviews link it
  const pages: string[] = board === null ? [] : [board];
  for (const profile of places) {
    const outs = (await foldersIn(join(root, profile))).filter((name) => name !== "notebooks");
    for (const place of [profile, ...outs.map((out) => `${profile}/${out}`)]) {
      if (!await hasOutputs(join(root, place))) continue;
      pages.push(...await writeExecuted(join(root, place, "notebooks")), await writeOverview(place, root));
    }
  }
  return pages;
}

/** Writes the page of every executed notebook in a folder. */
async function writeExecuted(folder: string): Promise<string[]> {
  if (!await exists(folder)) return [];
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).map((name) => name.replace(/\.ipynb$/, "")).sort();
  return await Promise.all(names.map(async (name) => {
    const path = join(folder, `${name}.html`);
    const page = await renderHtml(await readNotebook(join(folder, `${name}.ipynb`)), name, "../index.html");
    await writeFileAtomically(path, page);
    return path;
  }));
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
}
