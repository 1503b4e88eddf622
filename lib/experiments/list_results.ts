import { CheckpointError } from "../errors.ts";
import { exists } from "../data/files.ts";
import { type ExperimentResult, readResult, unfinishedEnding } from "./result_file.ts";
import { parseJson } from "../schema.ts";
import { experimentSchema } from "./result_schema.ts";
import type { Experiment } from "./grid.ts";

/** A result as its file has it, and where that is. */
export interface KeptResult extends ExperimentResult {
  file: string;
  /** The first letters of the fingerprint of what the code computed; null in results kept before there was one. */
  code: string | null;
  /** Epochs, patience, sources and whatever else was chosen, stage by stage. */
  settings: Record<string, unknown>;
}

/** What a folder of runs holds of experiments. */
export interface KeptResults {
  results: KeptResult[];
  /** Those that were begun and have no result yet: they go on when their notebook is run again. */
  unfinished: Experiment[];
  /** Why a file could not be read, one line each. */
  damaged: string[];
}

/**
 * Lists the results that experiments left in a folder of runs, in the order of their files' names.
 *
 * Of results with the same settings only the newest is not `ofOtherCode`: what the code computes now is known where a
 * notebook looks them up, which takes the data.
 *
 * @param runs the folder; one that is not there holds nothing
 */
export async function listResults(runs: string): Promise<KeptResults> {
  const folder = `${runs}/experiments`;
  const kept: KeptResults = { results: [], unfinished: [], damaged: [] };
  if (!await exists(folder)) return kept;
  const files = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  const times = new Map<KeptResult, number>();
  for (const file of files) {
    const path = `${folder}/${file}`;
    try {
      if (file.endsWith(unfinishedEnding)) {
        const advice = "Delete the file: it only notes what was begun.";
        kept.unfinished.push(
          parseJson(experimentSchema, await Deno.readTextFile(path), path, advice, CheckpointError),
        );
      } else if (file.endsWith(".json")) {
        const { ranks, code, ...saved } = await readResult(path);
        const result: KeptResult = {
          ...saved,
          ranks: { valid: Int32Array.from(ranks.valid), test: Int32Array.from(ranks.test) },
          ofOtherCode: code === null,
          code: code?.slice(0, 6) ?? null,
          file,
        };
        times.set(result, Number((await Deno.stat(path)).mtime));
        kept.results.push(result);
      }
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      kept.damaged.push(error.message.split("\n")[0]);
    }
  }
  const bySettings = Map.groupBy(kept.results, ({ settings }) => JSON.stringify(settings));
  for (const alike of bySettings.values()) {
    const newest = alike.reduce((one, other) => times.get(other)! > times.get(one)! ? other : one);
    for (const result of alike) result.ofOtherCode ||= result !== newest;
  }
  return kept;
}
