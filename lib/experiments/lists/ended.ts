import * as v from "valibot";
import { exists } from "../../data/files.ts";
import { CheckpointError } from "../../errors.ts";
import { exactly, nonNegative, parseJson } from "../../schema.ts";
import { writeFileAtomically } from "../../write_file.ts";

const endedSchema = exactly({ error: v.nullable(v.string()), seconds: nonNegative });

/** How a training of a list ended. */
export interface Ended {
  /** Why it failed, or null if it is done. */
  error: string | null;
  /** What it took; 0 where it was found. */
  seconds: number;
}

const pathOf = (list: string, number: number) => `${list}/ended/${number}.json`;

/** Notes how a training ended; one that was killed leaves no note, and goes on when it is begun again. */
export async function noteEnd(list: string, number: number, ended: Ended): Promise<void> {
  await writeFileAtomically(pathOf(list, number), JSON.stringify(ended) + "\n");
}

/** Takes a note back, so that the training is done again. */
export async function forgetEnd(list: string, number: number): Promise<void> {
  await Deno.remove(pathOf(list, number)).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/**
 * Returns how a training ended, or null if it has not.
 *
 * @throws {CheckpointError} if its note is damaged
 */
export async function readEnd(list: string, number: number): Promise<Ended | null> {
  const path = pathOf(list, number);
  if (!await exists(path)) return null;
  const advice = "Delete the file: the training is then looked up, or done again.";
  return parseJson(endedSchema, await Deno.readTextFile(path), path, advice, CheckpointError);
}
