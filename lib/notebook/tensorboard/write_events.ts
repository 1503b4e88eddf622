import { join } from "node:path";
import { exists } from "../../data/files.ts";
import { UniSRecError } from "../../errors.ts";
import { listResults } from "../../experiments/list_results.ts";
import { readLog } from "../../files/run_log.ts";
import { epochSchema } from "../../training/epoch_schema.ts";
import type { EpochRecord } from "../../training/fit.ts";
import { makeFolder, writeFileAtomically } from "../../write_file.ts";
import { eventFile } from "./event_file.ts";

/** What was written of a folder of runs. */
export interface WrittenEvents {
  /** Names of the trainings. */
  trainings: string[];
  /** Why a log was passed over, one line each. */
  damaged: string[];
}

/**
 * Writes the curve of every training in a folder of runs as TensorBoard's events, a folder for each: its loss, the parts of
 * that, the metric on the validation items, and its speed, by epoch.
 *
 * @param runs logs of trainings, and kept results, which have their curves too
 * @param out the folder to point TensorBoard at
 */
export async function writeEvents(runs: string, out: string): Promise<WrittenEvents> {
  const curves = new Map<string, { records: readonly EpochRecord[]; end: number }>();
  const { results, damaged } = await listResults(runs);
  for (const { file, curve } of results) {
    const end = await changeTime(join(runs, "experiments", file));
    curves.set(file.replace(/\.json$/, ""), { records: curve, end });
  }
  for (const name of await foldersIn(runs)) {
    const log = join(runs, name, "log.jsonl");
    if (!await exists(log)) continue;
    try {
      curves.set(name, { records: await readLog(log, epochSchema), end: await changeTime(log) });
    } catch (error) {
      if (!(error instanceof UniSRecError)) throw error;
      damaged.push(error.message.split("\n")[0]);
    }
  }
  const trainings = [...curves].filter(([, { records }]) => records.length > 0);
  for (const [name, { records, end }] of trainings) {
    await makeFolder(join(out, name));
    await writeFileAtomically(join(out, name, "events.out.tfevents.0.unisrec"), [
      eventFile(eventsOf(records, end)),
    ]);
  }
  return { trainings: trainings.map(([name]) => name), damaged };
}

/** @param end when the last epoch was over, in seconds since 1970: only how long each took was measured */
function eventsOf(records: readonly EpochRecord[], end: number) {
  let left = records.reduce((sum, { seconds, validationSeconds }) => sum + seconds + validationSeconds, 0);
  return records.map(({ epoch, loss, parts, metric, instances, seconds, validationSeconds }) => {
    left -= seconds + validationSeconds;
    return {
      time: end - left,
      step: epoch,
      values: {
        loss,
        ...Object.fromEntries(Object.entries(parts).map(([part, value]) => [`loss/${part}`, value])),
        ...(metric === null ? {} : { "validation metric": metric }),
        ...(seconds > 0 ? { "instances per second": instances / seconds } : {}),
      },
    };
  });
}

async function foldersIn(folder: string): Promise<string[]> {
  if (!await exists(folder)) return [];
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
}

async function changeTime(path: string): Promise<number> {
  return Number((await Deno.stat(path)).mtime) / 1000;
}
