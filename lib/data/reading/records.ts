import { DataError } from "../../errors.ts";
import { isRecord } from "../../json.ts";
import { growing } from "../log/growing.ts";
import { createIdIndex } from "../log/id_index.ts";
import { isMissing } from "./missing.ts";
import { cellText } from "./plain_text.ts";
import { parsePythonLiteral } from "./python_literal.ts";
import type { Log } from "./read_log.ts";
import { saysSomething } from "../says_something.ts";
import type { ItemTexts } from "./read_items.ts";
import { noWholeRow } from "./row_report.ts";
import { streamLines } from "./stream_lines.ts";
import { cleanId } from "./table.ts";
import { createNumberReader, createTimeReader, type TimeReader } from "./times.ts";

/** A record of a file with one of them on each line. */
export type FileRecord = Record<string, unknown>;

/**
 * Returns the record on a line, which is JSON or a literal of Python, or null if it is neither.
 */
export function parseRecord(line: string): FileRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    try {
      value = parsePythonLiteral(line);
    } catch {
      return null;
    }
  }
  return isRecord(value) ? value : null;
}

/** Calls `visit` with each record of a file, JSON or a literal of Python, one a line; empty lines are passed over. */
export async function streamRecords(
  path: string,
  visit: (record: FileRecord, line: number) => void,
): Promise<void> {
  await streamLines(path, (line, number) => {
    if (line.trim() === "") return;
    const record = parseRecord(line);
    if (record === null) {
      throw malformedRecord(`${path}:${number}`, "a record, JSON or a literal of Python, one a line", line);
    }
    visit(record, number);
  });
}

/** Returns the value of the first of several fields that a record has, and that says something. */
export function fieldOf(record: FileRecord, names: readonly string[]): unknown {
  for (const name of names) {
    const value = record[name];
    if (
      value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
    ) continue;
    return value;
  }
  return null;
}

/** Returns what a field says, as texts: lists of lists, too, and the values of an object are listed. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (isRecord(value)) return Object.values(value).flatMap(textsOf);
  const text = value === null || value === undefined || typeof value === "boolean"
    ? ""
    : String(value).toWellFormed(); // half a character in JSON would not survive being written
  return isMissing(text.trim()) ? [] : [text];
}

function idOf(value: unknown): string {
  const id = typeof value === "string" || typeof value === "number" ? cleanId(String(value)) : "";
  return isMissing(id) ? "" : id;
}

/** Under which names a file's records hold what is needed; the first that is there counts. */
export interface LogFields {
  user: readonly string[];
  item: readonly string[];
  time: readonly string[];
}

/**
 * Reads interactions from records.
 *
 * Records without a user, an item or a time are left out and counted.
 *
 * @throws {DataError} if a line is no record, no record is whole, or a time is none
 */
export async function readRecordLog(
  path: string,
  fields: LogFields,
  timesAre: "times" | "numbers",
): Promise<Log> {
  const [userIndex, itemIndex] = [createIdIndex(), createIdIndex()];
  const users = growing(Int32Array), items = growing(Int32Array), times = growing(Float64Array);
  const skipped = { user: 0, item: 0, time: 0 };
  const reader: TimeReader = timesAre === "times" ? createTimeReader(path) : createNumberReader(path);
  let rows = 0;
  await streamRecords(path, (record, line) => {
    rows++;
    const user = idOf(fieldOf(record, fields.user)), item = idOf(fieldOf(record, fields.item));
    const cell = idOf(fieldOf(record, fields.time));
    const time = cell === "" ? NaN : reader.read(cell, line);
    if (user === "") skipped.user++;
    else if (item === "") skipped.item++;
    else if (!(time >= 0)) skipped.time++;
    else {
      users.push(userIndex.numberOf(user));
      items.push(itemIndex.numberOf(item));
      times.push(time);
    }
  });
  const counts = [
    { reason: "without a user", rows: skipped.user },
    { reason: "without an item", rows: skipped.item },
    { reason: "without a time", rows: skipped.time },
  ];
  if (times.values().length === 0) {
    throw noWholeRow(
      path,
      rows,
      `a record with ${fields.user[0]}, ${fields.item[0]} and ${fields.time[0]}`,
      "Is it the right file? data/README.md says which files belong to the data set.",
    );
  }
  return {
    interactions: {
      userIds: userIndex.ids,
      itemIds: itemIndex.ids,
      users: users.values(),
      items: items.values(),
      times: times.values(),
    },
    report: { path, encoding: "UTF-8", rows, skipped: counts },
  };
}

/** Which fields of an item's record make its text. */
export interface ItemFields {
  item: readonly string[];
  /** For each part of the text the names of the field that makes it. */
  parts: readonly (readonly string[])[];
  /** What describes an item of which the parts say nothing. */
  fallback?: readonly string[];
  /** Makes a part of the texts of a field; by default a sentence, and parts that say nothing are left out. */
  clean?: (texts: string[]) => string;
}

/**
 * Reads items' texts from records.
 *
 * @param wanted the items to keep, all by default; an item listed twice keeps its first text
 * @throws {DataError} if a line is no record or no record has the field of the item
 */
export async function readRecordItems(
  path: string,
  { item: itemFields, parts, fallback = [], clean }: ItemFields,
  wanted: ReadonlySet<string> | null,
): Promise<ItemTexts> {
  const texts = new Map<string, string>();
  const nameless = { reason: "without an item", rows: 0 };
  const textless = { reason: "without a text", rows: 0 };
  const repeated = { reason: "of an item that has a text already", rows: 0 };
  const filled = parts.map(() => 0);
  let rows = 0;
  await streamRecords(path, (record) => {
    rows++;
    const item = idOf(fieldOf(record, itemFields));
    const values = parts.map((names) => fieldOf(record, names));
    values.forEach((value, i) => filled[i] += value === null ? 0 : 1);
    if (item === "") nameless.rows++;
    else if (texts.has(item)) repeated.rows++;
    else if (wanted === null || wanted.has(item)) {
      const makePart = clean ?? sentence;
      const made = values.map((value) => makePart(textsOf(value))).filter((part) => clean || part !== "");
      const text = made.some(saysSomething) ? made.join(" ") : makePart(textsOf(fieldOf(record, fallback)));
      if (saysSomething(text)) texts.set(item, text);
      else textless.rows++;
    }
  });
  if (nameless.rows === rows) {
    throw noWholeRow(
      path,
      rows,
      `a record with ${itemFields.join(" or ")}`,
      "Is it the right file? data/README.md says which files belong to the data set.",
    );
  }
  const empty = parts.filter((_, i) => filled[i] === 0).map((names) => names.join(" or "));
  const note = empty.length === 0 ? "" : ` No record has ${empty.join(", nor ")}.`;
  return { texts, report: { path, encoding: "UTF-8", rows, skipped: [nameless, textless, repeated], note } };
}

/** Makes a sentence of what a field says. */
export function sentence(texts: string[]): string {
  const text = texts.map(cellText).filter((part) => part !== "").join(", ");
  return text === "" || /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Makes the error of a line that is no record. */
export function malformedRecord(where: string, expected: string, line: string): DataError {
  return new DataError({
    where,
    expected,
    found: JSON.stringify(line.slice(0, 80)),
    advice: "The file may have been cut off: download it again.",
  });
}
