import { DataError } from "../errors.ts";
import { appendAndFlush, writeFileAtomically } from "../write_file.ts";
import { type JsonObject, toJson } from "../json.ts";

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
 * import { appendToLog, readLog } from "./run_log.ts";
 * import assert from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * await appendToLog(`${folder}/log.jsonl`, { epoch: 0, loss: 8.25 });
 * assert.deepEqual(await readLog(`${folder}/log.jsonl`), [{ epoch: 0, loss: 8.25 }]);
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
 * @throws {DataError} if any other line is not a record
 */
export async function readLog(path: string): Promise<LogRecord[]> {
  const lines = (await readTextOrNothing(path)).split("\n").slice(0, -1);
  return lines.map((line, i) => parseRecord(line, `${path}:${i + 1}`));
}

/**
 * Cuts a log back to a checkpoint, so that a resumed run writes each epoch once.
 *
 * @param epoch the last epoch that the checkpoint holds; −1 if there is none
 * @returns the records that stay
 * @throws {DataError} if a line is not a record; the log then stays as it is
 */
export async function resumeLog(path: string, epoch: number): Promise<LogRecord[]> {
  const records = (await readLog(path)).filter((record) => record.epoch <= epoch);
  await writeFileAtomically(path, records.map((record) => `${toJson(record, path)}\n`).join(""));
  return records;
}

async function readTextOrNothing(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function parseRecord(line: string, where: string): LogRecord {
  try {
    const record = JSON.parse(line);
    if (Number.isInteger(record?.epoch)) return record;
  } catch {
    // the same message serves: the line is shown
  }
  throw new DataError({
    where,
    expected: 'a JSON object with a whole number as "epoch"',
    found: line,
    advice: "The log was changed by something else: mend the line, or remove the log.",
  });
}
