import { DataError } from "../../errors.ts";

/** A way to write a moment. */
interface TimeFormat {
  name: string;
  pattern: RegExp;
  /** Returns milliseconds since 1970, or NaN for a day that does not exist. */
  toMilliseconds(text: string): number;
  /** Milliseconds of one unit, where it is a plain number. */
  unit?: number;
}

const time = String.raw`(?<time>(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)`;
const zone = String.raw` ?(?<zone>Z|UTC|GMT|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)`;
const dashed = String.raw`(?<date>\d{4}-\d\d-\d\d)`;
const slashed = String.raw`(?<date>\d{4}/\d\d/\d\d)`;

/** No text fits two of them: nine digits of seconds begin in 1973, twelve of milliseconds too, and so on. */
const formats: readonly TimeFormat[] = [
  unixFormat("Unix seconds", /^\d{9,10}(\.\d+)?$/, 1000),
  unixFormat("Unix milliseconds", /^\d{12,13}(\.\d+)?$/, 1),
  unixFormat("Unix microseconds", /^\d{15,16}(\.\d+)?$/, 1e-3),
  // from 10¹⁶ on Python writes floats with an exponent
  unixFormat("Unix nanoseconds", /^(\d{18,19}(\.\d+)?|\d(\.\d+)?e\+1[78])$/, 1e-6),
  isoFormat("a date", dashed),
  isoFormat("a date and time without a time zone", `${dashed}[T ]${time}`),
  isoFormat("a date and time with a time zone", `${dashed}[T ]${time}${zone}`),
  isoFormat("a date with slashes, the year first", slashed),
  isoFormat("a date with slashes and a time, the year first", `${slashed} ${time}`),
  {
    name: "a date as the Unix command and Twitter write it",
    pattern: /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d [+-]\d{4} \d{4}$/,
    toMilliseconds: (text) => Date.parse(text),
  },
];

function unixFormat(name: string, pattern: RegExp, unit: number): TimeFormat {
  return { name, pattern, unit, toMilliseconds: (text) => unit * Number(text) };
}

function isoFormat(name: string, source: string): TimeFormat {
  const pattern = new RegExp(`^${source}$`);
  return {
    name,
    pattern,
    toMilliseconds(text) {
      const { date, time = "00:00", zone = "Z" } = pattern.exec(text)!.groups!;
      const day = date.replaceAll("/", "-");
      const midnight = Date.parse(`${day}T00:00Z`);
      // the 31st of a shorter month would be taken for a day of the next one
      if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return NaN;
      return Date.parse(`${day}T${time}${isoZone(zone)}`);
    },
  };
}

function isoZone(zone: string): string {
  const [, sign, hours, minutes = "00"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return hours === undefined ? "Z" : `${sign}${hours}:${minutes}`;
}

/** Tells whether a cell holds a time in one of the ways that are read. */
export function isTime(text: string): boolean {
  return formats.some(({ pattern }) => pattern.test(text));
}

/** Reads a column of times, cell by cell. */
export interface TimeReader {
  /**
   * Returns milliseconds since 1970, NaN for an empty cell.
   *
   * @param line the cell's, for errors
   */
  read(text: string, line: number): number;
  /** The same for a cell that is a whole number. */
  readNumber(value: number, line: number): number;
}

/**
 * Makes a reader of times that are all written in one way: Unix seconds, milliseconds, microseconds or nanoseconds, or
 * dates with the year first, with or without the time of day and a time zone.
 *
 * @param path the file, for errors
 */
export function createTimeReader(path: string): TimeReader {
  let first: { format: TimeFormat; text: string; line: number } | null = null;
  let unit = 1, low = 0, high = -1; // of the last number
  const likeFirst = () => `${first!.format.name}, as on line ${first!.line} (${JSON.stringify(first!.text)})`;
  const formatOf = (text: string, line: number): TimeFormat => {
    if (first?.format.pattern.test(text)) return first.format;
    const format = formats.find(({ pattern }) => pattern.test(text));
    if (format === undefined) throw noTime(`${path}:${line}`, first ? likeFirst() : "a time", text);
    if (first !== null) {
      throw new DataError({
        where: `${path}:${line}`,
        expected: likeFirst(),
        found: `${format.name} (${JSON.stringify(text)})`,
        advice: "Write all times of the file in the same way: of two ways one may be misread.",
      });
    }
    first = { format, text, line };
    return format;
  };
  return {
    read(text, line) {
      if (text === "") return NaN;
      const milliseconds = formatOf(text, line).toMilliseconds(text);
      if (Number.isNaN(milliseconds)) throw noTime(`${path}:${line}`, "a time", text);
      return milliseconds;
    },
    readNumber(value, line) {
      // the format of a number follows from its digits: what has as many as the one before is of the same
      if (!(value >= low && value < high)) {
        const format = formatOf(String(value), line);
        if (format.unit === undefined) throw noTime(`${path}:${line}`, "a number", String(value));
        unit = format.unit;
        low = 10 ** Math.floor(Math.log10(value));
        high = 10 * low;
      }
      return unit * value;
    },
  };
}

/** Makes a reader of times that may be any numbers of one unit, such as those of a format that fixes it. */
export function createNumberReader(path: string): TimeReader {
  const check = (value: number, text: string, line: number) => {
    if (Number.isFinite(value)) return value;
    throw new DataError({
      where: `${path}:${line}`,
      expected: "a number as time",
      found: JSON.stringify(text.slice(0, 80)),
      advice: "Mend the line, or take the file from where the others came from.",
    });
  };
  return {
    read: (text, line) => text === "" ? NaN : check(Number(text), text, line),
    readNumber: (value) => value,
  };
}

/**
 * Reads a column of times, as a time reader does.
 *
 * @param cells empty where there is no time
 * @param lines the line of each cell, for errors
 * @returns milliseconds since 1970, NaN for an empty cell; a time without a zone is taken as UTC
 * @throws {DataError} if a cell is no time, or written in another way than those before it
 * @example
 * ```ts
 * import { parseTimes } from "./times.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...parseTimes("log.csv", ["1970-01-02", ""], [2, 3])], [86_400_000, NaN]);
 * ```
 */
export function parseTimes(path: string, cells: readonly string[], lines: readonly number[]): Float64Array {
  const times = createTimeReader(path);
  return Float64Array.from(cells, (text, row) => times.read(text, lines[row]));
}

function noTime(where: string, expected: string, text: string): DataError {
  return new DataError({
    where,
    expected,
    found: JSON.stringify(text),
    advice:
      "Write every time as a date (2024-12-31), as a date and time with or without a zone (2024-12-31 18:05, " +
      "2024-12-31T18:05:00+02:00), or as Unix seconds, milliseconds, microseconds or nanoseconds." +
      hint(text),
  });
}

/** Says what a text that is no time looks like, where it looks like something. */
function hint(text: string): string {
  if (/^\d{8}$/.test(text) && /^(19|20)/.test(text)) return " This looks like a date without dashes.";
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    return " This is a number, but too small or too large for a time of the last 50 years: if it only counts steps, " +
      "add 1000000000 to each, and they are read as seconds.";
  }
  if (/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(text)) {
    return " This looks like a date whose day and month half of the world reads the other way round.";
  }
  return "";
}
