import { basename } from "node:path";
import { countOf } from "../../count_of.ts";
import { ParameterError } from "../../errors.ts";
import { defaultThreads, threadsVariable } from "../../engine/threads.ts";
import type { OutputPlace } from "../../figures/output/place.ts";
import { printable } from "../../printable.ts";
import { defaultRuns, listGrid } from "./list_grid.ts";
import type { ParameterValues } from "./parameters.ts";
import { describeFailure, summarise } from "./produce.ts";
import { trainList } from "./train_list.ts";

/** How many trainings are done at once, and with how many threads each. */
export interface Jobs {
  jobs: number;
  threads: number;
}

/**
 * Reads `--jobs`, and shares the processors out: what this process starts from then on takes its share, too, so that a
 * grid that was trained side by side is evaluated as it was trained.
 *
 * @returns null where nothing is to be done side by side
 * @throws {ParameterError} if it is no number of jobs
 */
export function readJobs(text: string | undefined): Jobs | null {
  if (text === undefined) return null;
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new ParameterError({
      where: "--jobs",
      expected: "a whole number of at least 1",
      found: JSON.stringify(text),
      advice: "For example --jobs 2: so many trainings are done side by side.",
    });
  }
  const isSet = Deno.env.get(threadsVariable) !== undefined;
  const threads = isSet ? defaultThreads() : Math.max(1, Math.floor(navigator.hardwareConcurrency / jobs));
  Deno.env.set(threadsVariable, String(threads));
  return { jobs, threads };
}

/**
 * Does the trainings of a notebook's grid side by side, so that the notebook itself finds them done.
 *
 * @param source the notebook's path
 * @returns one line that says what failed, or null; and the values with which the notebook finds what was trained
 */
export async function trainSideBySide(
  source: string,
  place: OutputPlace,
  values: ParameterValues,
  timeout: number,
  { jobs, threads }: Jobs,
): Promise<{ failure: string | null; values: ParameterValues }> {
  const listed = await listGrid(source, place, values, timeout);
  if (listed.failure !== null) {
    console.error(printable(`\n${describeFailure(basename(source, ".ipynb"), listed.failure)}\n`));
    return { failure: summarise(listed.failure), values };
  }
  const failures = await trainList(listed.folder, jobs, threads);
  for (const line of failures) console.error(printable(`failed: ${line}`));
  return {
    failure: failures.length > 0 ? `${countOf(failures.length, "training")} failed: ${failures[0]}` : null,
    values: listed.keepsRuns ? values : { ...values, runs: defaultRuns },
  };
}
