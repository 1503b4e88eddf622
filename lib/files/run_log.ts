import { DataError } from "../errors.ts";
import { appendAndFlush, writeFileAtomically } from "../write_file.ts";
import { type JsonObject, toJson } from "../json.ts";
import { parseJson, type Schema } from "../schema.ts";

/** One line of a run's log: what was measured in an epoch. */
export type LogRecord = { readonly epoch: number } & JsonObject;

/**
 * Adds a record to a log of JSON lines, which is made if it is not there.
 *
 * Add an epoch's record before its checkpoint is saved: then neither a killed run nor a power cut loses one that the
 * checkpoint holds.
 *
 * @throws {ParameterError} if a number is not finite
 * @example
 * ```ts
 * import { exactly, finiteNumber, wholeNumber } from "../schema.ts";
 * import { appendToLog, readLog } from "./run_log.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * await appendToLog(`${folder}/log.jsonl`, { epoch: 0, loss: 8.25 });
 * const schema = exactly({ epoch: wholeNumber(), loss: finiteNumber });
 * assert.deepEqual(await readLog(`${folder}/log.jsonl`, schema), [{ epoch: 0, loss: 8.25 }]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function appendToLog(path: string, record: LogRecord): Promise<void> {
  await appendAndFlush(path, `${toJson(record, path)}\n`);
}

/**
 * Reads a log; a log that is not there is empty.
 *
 * A last line without its line end is what a killed run has left: it is passed over.
 *
 * @param schema what each record must be
 * @throws {DataError} if any other line is not a record, or not of the epoch after the line before
 */
export async function readLog<T extends LogRecord>(path: string, schema: Schema<T>): Promise<T[]> {
  const lines = (await readTextOrNothing(path)).split("\n").slice(0, -1);
  return lines.map((line, epoch) => {
    const where = `${path}:${epoch + 1}`;
    const record = parseJson(schema, line, where, advice);
    if (record.epoch === epoch) return record;
    throw new DataError({ where, expected: `epoch ${epoch}`, found: `epoch ${record.epoch}`, advice });
  });
}

/**
 * Cuts a log back to a checkpoint, so that a resumed run writes each epoch once.
 *
 * @param epoch the last epoch that the checkpoint holds; −1 if there is none
 * @param schema what each record must be
 * @returns the records that stay
 * @throws {DataError} if a line is not a record; the log then stays as it is
 */
export async function resumeLog<T extends LogRecord>(
  path: string,
  epoch: number,
  schema: Schema<T>,
): Promise<T[]> {
  const records = (await readLog(path, schema)).slice(0, epoch + 1);
  await writeFileAtomically(path, records.map((record) => `${toJson(record, path)}\n`).join(""));
  return records;
}

const advice = "The log was changed by something else: mend the line, or remove the log.";

async function readTextOrNothing(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
