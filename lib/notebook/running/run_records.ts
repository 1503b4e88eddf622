import { basename, extname, join } from "node:path";
import * as v from "valibot";
import type { JsonObject } from "../../json.ts";
import { outputFolder, type OutputPlace } from "../../figures/output/place.ts";
import { exactly, finiteNumber, jsonObject, parseJson, recordOf } from "../../schema.ts";
import { writeFileAtomically } from "../../write_file.ts";

/** How a notebook's last run went. */
export interface RunRecord {
  seconds: number;
  /** The cell and the first line of the error, or null if every cell ran. */
  failure: string | null;
  /** Names of the tables and figures that the notebook has saved, for example `table-2`. */
  outputs: string[];
  /** The parameters that were set; records from before this was kept have none. */
  set?: JsonObject;
}

const recordsFile = recordOf<RunRecord>(exactly({
  seconds: v.pipe(finiteNumber, v.minValue(0, "a time of at least 0 s")),
  failure: v.nullable(v.string()),
  outputs: v.array(v.string()),
  set: v.optional(jsonObject),
}));

/** When each file of a folder was last changed, in milliseconds since 1970, by its name. */
export type ChangeTimes = Record<string, number>;

/** Reads when each file of a place was last changed; there are none before the first run. */
export async function changeTimes(place: OutputPlace, root?: string): Promise<ChangeTimes> {
  const folder = outputFolder(place, root);
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
 * Records a run in `outputs.json`, with the tables and figures that have changed since it began: so
 * notebooks have to run for a place one at a time.
 *
 * @param before from `changeTimes`, when the run began
 */
export async function recordRun(
  place: OutputPlace,
  notebook: string,
  run: Omit<RunRecord, "outputs">,
  before: ChangeTimes,
  root?: string,
): Promise<void> {
  const after = await changeTimes(place, root);
  const saved = Object.keys(after)
    .filter((name) => [".csv", ".svg"].includes(extname(name)) && after[name] !== before[name])
    .map((name) => basename(name, extname(name)));
  const records = await readRuns(place, root);
  const earlier = records[notebook]?.outputs ?? [];
  // what a run that failed did not come to was made by an earlier one
  const outputs = [...new Set([...saved, ...run.failure === null ? [] : earlier])].sort();
  const all = { ...records, [notebook]: { ...run, outputs } };
  await writeFileAtomically(recordPath(place, root), JSON.stringify(all, null, 2) + "\n");
}

/**
 * Reads how the last run of every notebook for a place went, by the notebooks' names.
 *
 * @throws {DataError} if `outputs.json` is damaged
 */
export async function readRuns(place: OutputPlace, root?: string): Promise<Record<string, RunRecord>> {
  const path = recordPath(place, root);
  let text;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
  return parseJson(recordsFile, text, path, "Delete the file: the next runs of the notebooks write it anew.");
}

function recordPath(place: OutputPlace, root?: string): string {
  return join(outputFolder(place, root), "outputs.json");
}
