import { basename, dirname, join, resolve } from "node:path";
import { ParameterError } from "../../errors.ts";
import { type OutputPlace, partsOfPlace } from "../../figures/output/place.ts";
import { type Listing, type ListingAnswer, listingVariable } from "../inside/listing.ts";
import { startKernel } from "../kernel/kernel.ts";
import { codeCells, joinLines, type Notebook, readNotebook } from "./notebook_file.ts";
import { notebooksFolder } from "./notebooks.ts";
import { injectParameters, type ParameterValues } from "./parameters.ts";
import { type Failure, findFailure, runCell } from "./run_notebook.ts";

/** What notebooks call to train a grid. */
const gridCalls = /\b(watchComparison|watchTransfer)\(/;

/** A grid that was listed, or why it could not be. */
export type ListedGrid = ListingAnswer & { failure: null } | { failure: Failure };

/** Tells whether a notebook trains a grid, which can be listed. */
export function hasGrid(notebook: Notebook): boolean {
  return codeCells(notebook).some(({ source }) => gridCalls.test(joinLines(source)));
}

/** The folder of runs, seen from the notebooks, where nothing is said. */
export const defaultRuns = "../runs";

/** Returns the folder of runs that a notebook is told to use; null where it is told to keep none. */
export function runsFolder(values: ParameterValues): string | null {
  const { runs = defaultRuns } = values;
  return runs === null ? null : resolve(notebooksFolder, String(runs));
}

/**
 * Runs a notebook up to its grid of trainings, and lists that instead of doing it. Nothing is written to its outputs.
 *
 * @param source the notebook's path
 * @param values the notebook's parameters beside profile and folder of outputs
 * @param timeout the longest that a cell may take, in seconds
 * @throws {ParameterError} if the notebook has no grid, a parameter is not its, or it is to keep no runs
 */
export async function listGrid(
  source: string,
  place: OutputPlace,
  values: ParameterValues,
  timeout: number,
): Promise<ListedGrid> {
  const name = basename(source, ".ipynb");
  const runs = runsFolder(values);
  if (runs === null) {
    throw new ParameterError({
      where: "parameter runs",
      expected: "a folder, through which the processes hand over what they have trained",
      found: "null",
      advice: "Leave it open.",
    });
  }
  const { profile, out } = partsOfPlace(place);
  const read = await readNotebook(source);
  const notebook = injectParameters(read, { profile, ...(out === null ? {} : { out }), ...values }, name);
  if (!hasGrid(notebook)) {
    throw new ParameterError({
      where: `notebook ${name}`,
      expected: "one that trains a grid: 5, 6, 7 or 8",
      found: "none",
      advice: "Run it as usual: it has nothing that could be done side by side.",
    });
  }
  const answers = await Deno.makeTempDir({ prefix: "unisrec-" });
  const answer = join(answers, "folder");
  await Deno.writeTextFile(answer, "");
  const listing: Listing = {
    lists: join(runs, "lists"),
    label: [name, profile, ...(out === null ? [] : [out])].join("-"),
    runs,
    answer,
  };
  const kernel = await startKernel(dirname(resolve(source)), [], {
    [listingVariable]: JSON.stringify(listing),
  });
  try {
    for (const [index, cell] of codeCells(notebook).entries()) {
      await runCell(kernel, cell, timeout, (message) => {
        if (message.type === "error") {
          const { ename, evalue, traceback } = message.content as Record<string, unknown>;
          cell.outputs.push({
            output_type: "error",
            ename: String(ename),
            evalue: String(evalue),
            traceback: traceback as string[],
          });
        }
      });
      const text = await Deno.readTextFile(answer);
      if (text !== "") return { ...JSON.parse(text) as ListingAnswer, failure: null };
      const failure = findFailure(cell, index);
      if (failure) return { failure };
    }
  } finally {
    await kernel.stop();
    await Deno.remove(answers, { recursive: true });
  }
  throw new ParameterError({
    where: `notebook ${name}`,
    expected: "a cell that trains a grid",
    found: "none that ran",
    advice: "Look whether its parameters leave the grid out.",
  });
}
