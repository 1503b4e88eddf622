import * as v from "valibot";
import { exists } from "../../data/files.ts";
import { CheckpointError } from "../../errors.ts";
import { exactly, jsonObject, parseJson, type Schema } from "../../schema.ts";
import { writeFileAtomically } from "../../write_file.ts";

/** What a list was made of, for the job that makes its tables. */
export interface Origin {
  /** The notebook's name. */
  notebook: string;
  /** Of its outputs. */
  place: string;
  /** Parameters that are set. */
  values: Record<string, unknown>;
  /** The longest that a cell may take, in seconds. */
  timeout: number;
}

const schema: Schema<Origin> = exactly({
  notebook: v.string(),
  place: v.string(),
  values: jsonObject,
  timeout: v.number(),
});

/** Notes what a list was made of, in the list's folder. */
export async function writeOrigin(list: string, origin: Origin): Promise<void> {
  await writeFileAtomically(`${list}/notebook.json`, JSON.stringify(origin, null, 1) + "\n");
}

/**
 * Reads what a list was made of.
 *
 * @throws {CheckpointError} if there is no note, as of a list of `--jobs`, or it is damaged
 */
export async function readOrigin(list: string): Promise<Origin> {
  const path = `${list}/notebook.json`;
  const advice = "List the trainings anew, with `task cluster`.";
  if (!await exists(path)) {
    throw new CheckpointError({
      where: path,
      expected: "what the list was made of",
      found: "no file",
      advice,
    });
  }
  return parseJson(schema, await Deno.readTextFile(path), path, advice, CheckpointError);
}
