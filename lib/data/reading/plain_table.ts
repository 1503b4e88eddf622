import { isUtf8 } from "node:buffer";
import { type ByteIndex, createByteIndex } from "../log/byte_index.ts";
import { type Growing, growing } from "../log/growing.ts";
import { readChunks } from "./bytes.ts";
import { isMissing } from "./missing.ts";
import type { Table, TablePlan } from "./table.ts";
import { cleanId } from "./table.ts";
import { createNumberReader, createTimeReader, type TimeReader } from "./times.ts";

/** Bytes that are looked at together. */
const blockSize = 2 ** 24;

const newline = 10,
  carriageReturn = 13,
  space = 32,
  quote = 34,
  point = 46,
  zero = 48,
  firstBeyondAscii = 127;

/** Columns in the making. */
interface Columns {
  indexes: ByteIndex[];
  codes: Growing<Int32Array>[];
  readers: TimeReader[];
  times: Growing<Float64Array>[];
}

/**
 * Reads columns of identifiers and times of a plain table: UTF-8, one character between values, no quotes, every line
 * with as many values as the first. Returns null where a table is anything else, or anything is wrong with it.
 *
 * It looks at each byte once and makes no strings before all is read, so that 21.9 million ratings take 1.7 GB; Polars
 * takes less processor time for them, but 4 GB, as it holds the table and its strings come over into JavaScript.
 */
export async function readPlainTable(path: string, plan: TablePlan): Promise<Table | null> {
  const { layout: { separator, quoted, header }, ids, times, texts, timesAre } = plan;
  if (texts.length > 0 || separator.length > 1) return null;
  const readerOf = timesAre === "times" ? createTimeReader : createNumberReader;
  const columns: Columns = {
    indexes: ids.map(() => createByteIndex()),
    codes: ids.map(() => growing(Int32Array)),
    readers: times.map(() => readerOf(path)),
    times: times.map(() => growing(Float64Array)),
  };
  const first = header ? 2 : 1;
  let rows = 0, isFirst = true;
  try {
    for await (const block of wholeLines(path)) {
      const bytes = isFirst ? withoutFirstLine(block, header !== null) : block;
      isFirst = false;
      if (!isUtf8(bytes) || (quoted && bytes.includes(quote))) return null;
      const read = readBlock(bytes, plan, columns, rows + first);
      if (read === null) return null;
      rows += read;
    }
  } catch {
    return null; // the other reader says what is wrong, and where
  }
  if (rows === 0) return null;
  return {
    path,
    encoding: "UTF-8",
    rows,
    ids: columns.codes.map((codes, i) => ({ ids: columns.indexes[i].ids(), codes: codes.values() })),
    times: columns.times.map((values) => values.values()),
    texts: [],
    lineOf: (row) => row + first,
  };
}

/** Returns how many rows the block has, or null where a line has another number of values. */
function readBlock(bytes: Uint8Array, plan: TablePlan, columns: Columns, firstLine: number): number | null {
  const { layout: { separator, width }, ids, times } = plan;
  const separatorByte = separator.charCodeAt(0);
  const starts = new Int32Array(width), ends = new Int32Array(width);
  let rows = 0;
  for (let at = 0; at < bytes.length;) {
    let column = 0;
    starts[0] = at;
    for (; at < bytes.length && bytes[at] !== newline; at++) {
      if (bytes[at] !== separatorByte) continue;
      ends[column++] = at;
      if (column === width) return null;
      starts[column] = at + 1;
    }
    ends[column] = at++;
    if (column !== width - 1) return null;
    for (let i = 0; i < ids.length; i++) {
      columns.codes[i].push(numberOfId(bytes, starts[ids[i]], ends[ids[i]], columns.indexes[i]));
    }
    for (let i = 0; i < times.length; i++) {
      const time = readTime(bytes, starts[times[i]], ends[times[i]], columns.readers[i], firstLine + rows);
      columns.times[i].push(time);
    }
    rows++;
  }
  return rows;
}

function numberOfId(bytes: Uint8Array, start: number, end: number, index: ByteIndex): number {
  let from = start, to = end;
  while (from < to && bytes[from] <= space) from++;
  while (to > from && bytes[to - 1] <= space) to--;
  let isPlain = true;
  for (let i = from; i < to; i++) if (bytes[i] <= space || bytes[i] >= firstBeyondAscii) isPlain = false;
  if (isPlain && to - from > 4) return index.numberOf(bytes, from, to);
  const cell = new TextDecoder().decode(bytes.subarray(from, to));
  const id = isPlain ? cell : cleanId(cell);
  if (isMissing(id)) return -1;
  if (isPlain) return index.numberOf(bytes, from, to);
  const clean = new TextEncoder().encode(id);
  return index.numberOf(clean, 0, clean.length);
}

/** Digits that a whole number may have to be exact. */
const exactDigits = 15;

function readTime(bytes: Uint8Array, start: number, end: number, reader: TimeReader, line: number): number {
  let from = start, to = end;
  while (to > from && (bytes[to - 1] === carriageReturn || bytes[to - 1] === space)) to--;
  while (from < to && bytes[from] === space) from++;
  let value = 0, i = from;
  for (; i < to; i++) {
    const digit = bytes[i] - zero;
    if (digit < 0 || digit > 9) break;
    value = 10 * value + digit;
  }
  const digits = i - from;
  // 1400000000.0 is whole
  if (i < to && bytes[i] === point) { for (i++; i < to && bytes[i] === zero;) i++; }
  if (i === to && digits > 0 && digits <= exactDigits) return reader.readNumber(value, line);
  const text = cleanId(new TextDecoder().decode(bytes.subarray(from, to)));
  return reader.read(isMissing(text) ? "" : text, line);
}

/** Yields a file's bytes in blocks that end with a line. */
async function* wholeLines(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let pieces: Uint8Array<ArrayBuffer>[] = [], size = 0;
  for await (const chunk of readChunks(path)) {
    const end = size + chunk.length < blockSize ? -1 : chunk.lastIndexOf(newline);
    pieces.push(end < 0 ? chunk : chunk.subarray(0, end + 1));
    size += pieces[pieces.length - 1].length;
    if (end < 0) continue;
    yield join(pieces, size);
    pieces = [chunk.slice(end + 1)];
    size = pieces[0].length;
  }
  if (size > 0) yield join(pieces, size);
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function withoutFirstLine(block: Uint8Array<ArrayBuffer>, isHeader: boolean): Uint8Array<ArrayBuffer> {
  const hasMark = block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf;
  if (!isHeader) return block.subarray(hasMark ? 3 : 0);
  const end = block.indexOf(newline);
  return end < 0 ? block.subarray(block.length) : block.subarray(end + 1);
}
