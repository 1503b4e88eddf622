import { DataError } from "../../errors.ts";

/** A way to write a moment. */
interface TimeFormat {
  name: string;
  pattern: RegExp;
  /** Returns milliseconds since 1970, or NaN for a day that does not exist. */
  toMilliseconds(text: string): number;
}

const date = String.raw`(?<date>\d{4}-\d\d-\d\d)`;
const time = String.raw`[T ](?<time>(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)`;
const zone = String.raw` ?(?<zone>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)`;

/** No text fits two of them: nine digits of seconds begin in 1973, twelve of milliseconds too. */
const formats: readonly TimeFormat[] = [
  { name: "Unix seconds", pattern: /^\d{9,10}(\.\d+)?$/, toMilliseconds: (text) => 1000 * Number(text) },
  { name: "Unix milliseconds", pattern: /^\d{12,13}$/, toMilliseconds: Number },
  isoFormat("a date", date),
  isoFormat("a date and time without a time zone", date + time),
  isoFormat("a date and time with a time zone", date + time + zone),
];

function isoFormat(name: string, source: string): TimeFormat {
  const pattern = new RegExp(`^${source}$`);
  return {
    name,
    pattern,
    toMilliseconds(text) {
      const { date, time = "00:00", zone = "Z" } = pattern.exec(text)!.groups!;
      const midnight = Date.parse(`${date}T00:00Z`);
      // the 31st of a shorter month would be taken for a day of the next one
      if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date)) return NaN;
      return Date.parse(`${date}T${time}${zone.replace(/(\d\d)(\d\d)/, "$1:$2")}`);
    },
  };
}

/**
 * Reads a column of times, all written in one way: Unix seconds or milliseconds, or dates of ISO 8601 with or without
 * the time of day.
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
  let first: { format: TimeFormat; row: number } | null = null;
  const likeFirst = ({ format, row }: NonNullable<typeof first>) =>
    `${format.name}, as on line ${lines[row]} (${JSON.stringify(cells[row])})`;
  return Float64Array.from(cells, (text, row) => {
    if (text === "") return NaN;
    if (!first?.format.pattern.test(text)) {
      const format = formats.find(({ pattern }) => pattern.test(text));
      if (format === undefined) {
        throw noTime(`${path}:${lines[row]}`, first ? likeFirst(first) : "a time", text);
      }
      if (first !== null) {
        throw new DataError({
          where: `${path}:${lines[row]}`,
          expected: likeFirst(first),
          found: `${format.name} (${JSON.stringify(text)})`,
          advice: "Write all times of the file in the same way: of two ways one may be misread.",
        });
      }
      first = { format, row };
    }
    const milliseconds = first.format.toMilliseconds(text);
    if (Number.isNaN(milliseconds)) throw noTime(`${path}:${lines[row]}`, "a time", text);
    return milliseconds;
  });
}

function noTime(where: string, expected: string, text: string): DataError {
  return new DataError({
    where,
    expected,
    found: JSON.stringify(text),
    advice:
      "Write every time as a date (2024-12-31), as a date and time (2024-12-31 18:05), or as Unix seconds or " +
      "milliseconds.",
  });
}
