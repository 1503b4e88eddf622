import { DataError } from "../../errors.ts";
import type { Sequences } from "../domain.ts";
import { readBytes } from "../files.ts";

/** The header of every `.inter` file. */
export const interHeader = "user_id:token\titem_id_list:token_seq\titem_id:token";

/** The lines of an `.inter` file: row `r` is line `r + 2` and says that after a history a user took the target. */
export interface InterTable {
  path: string;
  /** `[rows]` */
  users: Int32Array;
  /** One history per row. */
  histories: Sequences;
  /** `[rows]` */
  targets: Int32Array;
}

const tab = 9, newline = 10, carriageReturn = 13, space = 32, zero = 48;

/**
 * Reads one `.inter` file of a processed folder.
 *
 * @throws {DataError} if there is no such file, or its header or a line is not as it should be
 */
export async function readInter(path: string): Promise<InterTable> {
  const bytes = await readBytes(path);
  const start = checkHeader(path, bytes);

  let rows = 0, separators = 0;
  for (let i = start; i < bytes.length; i++) {
    if (bytes[i] === newline) rows++;
    else if (bytes[i] === space) separators++;
  }
  if (bytes.length > start && bytes[bytes.length - 1] !== newline) rows++;

  const users = new Int32Array(rows);
  const targets = new Int32Array(rows);
  const offsets = new Int32Array(rows + 1);
  const items = new Int32Array(rows + separators);
  let position = start, count = 0;
  for (let row = 0; row < rows; row++) {
    const line = row + 2;
    const end = lineEnd(bytes, position);
    const history = bytes.indexOf(tab, position) + 1;
    const target = bytes.indexOf(tab, history) + 1;
    if (history === 0 || target === 0 || target > end) {
      throw malformed(path, line, bytes.subarray(position, end));
    }
    users[row] = parseIndex(path, line, bytes, position, history - 1);
    for (let from = history; from < target;) {
      let to = from;
      while (bytes[to] !== space && bytes[to] !== tab) to++;
      items[count++] = parseIndex(path, line, bytes, from, to);
      from = to + 1;
    }
    offsets[row + 1] = count;
    targets[row] = parseIndex(path, line, bytes, target, end);
    position = bytes[end] === carriageReturn ? end + 2 : end + 1;
  }
  return { path, users, histories: { items: items.subarray(0, count), offsets }, targets };
}

function checkHeader(path: string, bytes: Uint8Array): number {
  const end = lineEnd(bytes, 0);
  const found = decode(bytes.subarray(0, Math.min(end, 200)));
  if (found !== interHeader) {
    throw new DataError({
      where: `${path}:1`,
      expected: `the header ${JSON.stringify(interHeader)}`,
      found: JSON.stringify(found),
      advice: "Use a file of the processed format; data/README.md describes it.",
    });
  }
  return bytes[end] === carriageReturn ? end + 2 : end + 1;
}

/** Returns where the line's text ends: before a line feed, or a carriage return and line feed. */
function lineEnd(bytes: Uint8Array, from: number): number {
  const feed = bytes.indexOf(newline, from);
  const end = feed < 0 ? bytes.length : feed;
  return end > from && feed >= 0 && bytes[end - 1] === carriageReturn ? end - 1 : end;
}

function parseIndex(path: string, line: number, bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = bytes[i] - zero;
    if (digit < 0 || digit > 9) value = NaN;
    value = value * 10 + digit;
  }
  if (from === to || !(value < 2 ** 31)) throw malformed(path, line, bytes.subarray(from, to));
  return value;
}

function malformed(path: string, line: number, found: Uint8Array): DataError {
  return new DataError({
    where: `${path}:${line}`,
    expected: "a user index, a history of item indices and an item index, separated by tabs",
    found: found.length === 0 ? "nothing there" : JSON.stringify(decode(found.subarray(0, 80))),
    advice: "Mend or remove the line; indices are whole numbers from 0.",
  });
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
