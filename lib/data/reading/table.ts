import { CsvError, parse } from "csv-parse";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DataError } from "../../errors.ts";
import { growing } from "../log/growing.ts";
import { createIdIndex, type IdIndex } from "../log/id_index.ts";
import { readChunks } from "./bytes.ts";
import type { DecodedText } from "./decode_text.ts";
import { isMissing } from "./missing.ts";
import { readPlainTable } from "./plain_table.ts";
import type { Layout } from "./sniff.ts";
import { createNumberReader, createTimeReader, type TimeReader } from "./times.ts";

/** Where the columns of a table of text are. */
export interface TablePlan {
  layout: Layout;
  /** Places of the columns in a row, from 0, by what they hold. */
  ids: readonly number[];
  /** Times as `createTimeReader` reads them, or `numbers`: any finite number, and nothing else. */
  times: readonly number[];
  timesAre: "times" | "numbers";
  texts: readonly number[];
}

/** Identifiers of a column: `ids[codes[row]]`, −1 where there is none. */
export interface IdColumn {
  ids: string[];
  codes: Int32Array;
}

/** Some columns of a table, in the order of the plan. */
export interface Table {
  path: string;
  encoding: DecodedText["encoding"];
  /** Rows, without the header. */
  rows: number;
  ids: IdColumn[];
  /** Milliseconds since 1970, or the numbers themselves; NaN where there is none. */
  times: Float64Array[];
  /** As they are in the file, but for white space around. */
  texts: string[][];
  /** The line on which a row begins, from 1. */
  lineOf(row: number): number;
}

/**
 * Reads columns of a table of text of any size: its pieces go through memory one after the other.
 *
 * What is plain (UTF-8, one character between values, no quotes, no text wanted) `readPlainTable` reads; csv-parse
 * reads everything else, and says of a table that is not as it should be what is wrong. Both give the same.
 *
 * Identifiers are in Unicode's composed form, with one space for any white space; what stands for nothing is none.
 *
 * @throws {DataError} if there is no such file, a row has more or fewer values than the layout, quotes are not where
 *   they belong, or a time is none
 */
export async function readTable(path: string, plan: TablePlan): Promise<Table> {
  const { layout: { width }, ids, times, texts } = plan;
  const needed = Math.max(...ids, ...times, ...texts) + 1;
  if (needed > width) {
    throw new DataError({
      where: `${path}:1`,
      expected: `${needed} values in a line`,
      found: String(width),
      advice: "Is it the right file? data/README.md says what each format's files hold.",
    });
  }
  return await readPlainTable(path, plan) ?? await readAny(path, plan);
}

/** Columns in the making. */
interface Columns {
  indexes: IdIndex[];
  codes: ReturnType<typeof growing<Int32Array>>[];
  readers: TimeReader[];
  times: ReturnType<typeof growing<Float64Array>>[];
  texts: string[][];
}

function emptyColumns(path: string, { ids, times, timesAre, texts }: TablePlan): Columns {
  const readerOf = timesAre === "times" ? createTimeReader : createNumberReader;
  return {
    indexes: ids.map(() => createIdIndex()),
    codes: ids.map(() => growing(Int32Array)),
    readers: times.map(() => readerOf(path)),
    times: times.map(() => growing(Float64Array)),
    texts: texts.map(() => []),
  };
}

function finish(
  columns: Columns,
  found: Pick<Table, "path" | "encoding" | "rows" | "lineOf">,
): Table {
  return {
    ...found,
    ids: columns.codes.map((codes, i) => ({ ids: columns.indexes[i].ids, codes: codes.values() })),
    times: columns.times.map((times) => times.values()),
    texts: columns.texts,
  };
}

/** Returns an identifier as it is compared: two spellings of one accent, and of white space, are the same. */
export function cleanId(cell: string): string {
  return cell.normalize("NFC").replace(/\s+/g, " ").trim();
}

function numberOfId(index: IdIndex, cell: string): number {
  const id = cleanId(cell);
  return isMissing(id) ? -1 : index.numberOf(id);
}

const encodings = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
} as const;
type Label = keyof typeof encodings;

/** Thrown where a file turns out not to be UTF-8. */
class NotUtf8 extends Error {}

async function readAny(path: string, plan: TablePlan): Promise<Table> {
  const label = await markOf(path);
  try {
    return await readWith(path, plan, label ?? "utf-8");
  } catch (error) {
    if (!(error instanceof NotUtf8) || label !== null) throw error;
    return await readWith(path, plan, "windows-1252");
  }
}

/** Returns the encoding that a byte order mark tells, or null. */
async function markOf(path: string): Promise<Label | null> {
  for await (const chunk of readBytesOf(path)) {
    const [first, second] = chunk;
    if (first === 0xff && second === 0xfe) return "utf-16le";
    if (first === 0xfe && second === 0xff) return "utf-16be";
    break;
  }
  return null;
}

async function readWith(path: string, plan: TablePlan, label: Label): Promise<Table> {
  const { layout } = plan;
  const columns = emptyColumns(path, plan);
  const lines = growing(Int32Array);
  let read = 0, isHeader = layout.header !== null, failure: unknown;
  const needed = 1 + Math.max(...plan.ids, ...plan.times, ...plan.texts);
  const addRow = (cells: string[], lastLine: number) => {
    const line = lastLine - lineBreaks(cells);
    if (cells.length < needed) throw tooNarrow(`${path}:${line}`, needed, cells.length);
    lines.push(line);
    plan.ids.forEach((at, i) => columns.codes[i].push(numberOfId(columns.indexes[i], cells[at])));
    plan.times.forEach((at, i) => {
      const cell = cleanId(cells[at]);
      columns.times[i].push(columns.readers[i].read(isMissing(cell) ? "" : cell, line));
    });
    plan.texts.forEach((at, i) => columns.texts[i].push(cells[at].trim()));
  };
  const parser = parse({
    delimiter: layout.separator,
    quote: layout.quoted ? '"' : null,
    escape: layout.quoted ? '"' : null,
    skip_empty_lines: true,
    skip_records_with_empty_values: false,
    trim: layout.separator !== "\t",
    on_record(cells: string[], { lines: lastLine }) {
      read = lastLine;
      try {
        if (isHeader) isHeader = false;
        else if (failure === undefined) addRow(cells, lastLine);
      } catch (error) {
        failure = error;
      }
      return null; // the parser need not keep the row
    },
  });
  try {
    const nothing = new Writable({ objectMode: true, write: (_record, _encoding, done) => done() });
    await pipeline(Readable.from(decoded(path, label, () => failure !== undefined)), parser, nothing);
  } catch (error) {
    throw failure ?? (error instanceof CsvError ? malformed(path, read, layout, error) : error);
  }
  if (failure !== undefined) throw failure;
  const first = lines.values();
  return finish(columns, {
    path,
    encoding: encodings[label],
    rows: first.length,
    lineOf: (row) => first[row],
  });
}

/** Yields a file's text with one kind of line end, until it is all read or `isOver`. */
async function* decoded(path: string, label: Label, isOver: () => boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder(label, { fatal: true });
  let isReturn = false; // whether the text so far ends in a carriage return, whose line feed may come yet
  const unify = (text: string) => {
    const whole = isReturn ? `\r${text}` : text;
    isReturn = whole.endsWith("\r");
    return (isReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, "\n");
  };
  const decode = (chunk?: Uint8Array<ArrayBuffer>) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new NotUtf8(path, { cause });
    }
  };
  for await (const chunk of readBytesOf(path)) {
    if (isOver()) return;
    yield unify(decode(chunk));
  }
  yield unify(decode()) + (isReturn ? "\n" : "");
}

async function* readBytesOf(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield* readChunks(path);
  } catch (cause) {
    const isThere = await Deno.stat(path).then(() => true, () => false);
    throw new DataError({
      where: path,
      expected: isThere ? "a whole file" : "a file",
      found: isThere && cause instanceof Error ? cause.message : "nothing",
      advice:
        "Check that the data set was unpacked completely; data/README.md says which files belong to it.",
    }, { cause });
  }
}

function lineBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) if (cell.includes("\n")) breaks += cell.split("\n").length - 1;
  return breaks;
}

/** @param read the last line that was understood */
function malformed(
  path: string,
  read: number,
  { header, width }: Layout,
  { code, lines, record, cause }: CsvError,
): DataError {
  if (code === "CSV_QUOTE_NOT_CLOSED") {
    return new DataError({
      where: `${path}, after line ${read}`,
      expected: "a closing quote for every opening one",
      found: "the end of the file",
      advice: "Close the quote, or double it if it is part of the text.",
    }, { cause });
  }
  const where = `${path}:${lines}`;
  if (code === "CSV_RECORD_INCONSISTENT_FIELDS_LENGTH") {
    const values = record as string[];
    return new DataError({
      where,
      expected: header
        ? "as many values as there are columns in the first line"
        : `${width} values, as in the first line`,
      found: `${values.length}: ${cleanId(values.join(", ")).slice(0, 80)}`,
      advice: 'Put quotes around a value that holds a comma: "lamp, green".',
    }, { cause });
  }
  return new DataError({
    where,
    expected: "quotes around whole values only",
    found: code === "INVALID_OPENING_QUOTE"
      ? "one inside a value without quotes"
      : "more after a closing quote",
    advice: 'Put the whole value in quotes and double those inside: 27" screen becomes "27"" screen".',
  }, { cause });
}

/** Files of known formats have their columns in known places, whatever the width of their first line. */
function tooNarrow(where: string, needed: number, found: number): DataError {
  return new DataError({
    where,
    expected: `${needed} columns or more`,
    found: String(found),
    advice: "The file is cut off or of another format; data/README.md says what each of them holds.",
  });
}
