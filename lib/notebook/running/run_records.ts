import { basename, extname, join } from "node:path";
import * as v from "valibot";
import { profileFolder } from "../../figures/output/save.ts";
import { exactly, finiteNumber, parseJson, recordOf } from "../../schema.ts";
import { writeFileAtomically } from "../../write_file.ts";

/** How a notebook's last run on a profile went. */
export interface RunRecord {
  seconds: number;
  /** The cell and the first line of the error, or null if every cell ran. */
  failure: string | null;
  /** Names of the tables and figures that the notebook has saved, for example `table-2`. */
  outputs: string[];
}

const recordsFile = recordOf<RunRecord>(exactly({
  seconds: v.pipe(finiteNumber, v.minValue(0, "a time of at least 0 s")),
  failure: v.nullable(v.string()),
  outputs: v.array(v.string()),
}));

/** When each file of a folder was last changed, in milliseconds since 1970, by its name. */
export type ChangeTimes = Record<string, number>;

/** Reads when each of a profile's files was last changed; there are none before the first run. */
export async function changeTimes(profile: string, root?: string): Promise<ChangeTimes> {
  const folder = profileFolder(profile, root);
  const times: ChangeTimes = {};
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile) times[name] = Number((await Deno.stat(join(folder, name))).mtime);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return times;
}

/**
 * Records a run in `figures/<profile>/outputs.json`, with the tables and figures that have changed since it began: so
 * notebooks have to run on a profile one at a time.
 *
 * @param before from `changeTimes`, when the run began
 */
export async function recordRun(
  profile: string,
  notebook: string,
  run: Omit<RunRecord, "outputs">,
  before: ChangeTimes,
  root?: string,
): Promise<void> {
  const after = await changeTimes(profile, root);
  const saved = Object.keys(after)
    .filter((name) => [".csv", ".svg"].includes(extname(name)) && after[name] !== before[name])
    .map((name) => basename(name, extname(name)));
  const records = await readRuns(profile, root);
  const earlier = records[notebook]?.outputs ?? [];
  // what a run that failed did not come to was made by an earlier one
  const outputs = [...new Set([...saved, ...run.failure === null ? [] : earlier])].sort();
  const all = { ...records, [notebook]: { ...run, outputs } };
  await writeFileAtomically(recordPath(profile, root), JSON.stringify(all, null, 2) + "\n");
}

/**
 * Reads how the last run of every notebook on a profile went, by the notebooks' names.
 *
 * @throws {DataError} if `outputs.json` is damaged
 */
export async function readRuns(profile: string, root?: string): Promise<Record<string, RunRecord>> {
  const path = recordPath(profile, root);
  let text;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  return parseJson(recordsFile, text, path, "Delete the file: the next runs of the notebooks write it anew.");
}

function recordPath(profile: string, root?: string): string {
  return join(profileFolder(profile, root), "outputs.json");
}
