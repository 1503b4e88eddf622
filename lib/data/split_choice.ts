import { checkNames, show } from "../checks.ts";
import { DataError, ParameterError } from "../errors.ts";
import type { SplitTimes } from "./domain.ts";
import { parseTimes } from "./reading/times.ts";

/** A moment: a date, or written in one of the ways that files may have it; a number where the data's are mere numbers. */
export type Moment = string | number | Date;

/** How a data set is split into what trains, validates and tests. */
export type SplitChoice =
  /** Each user's last item tests, the one before validates; as in the paper. */
  | "leave-one-out"
  /** What came before `validFrom` trains, what came from `testFrom` on tests, and what lies between validates. */
  | { validFrom: Moment; testFrom: Moment }
  /** The same, at the moments after which such shares of all interactions came. */
  | { valid: number; test: number };

/** Moments as a log's times are. */
export interface Cuts {
  validFrom: number;
  testFrom: number;
  /** The same, as people read them. */
  times: SplitTimes;
}

const advice = 'Use "leave-one-out", { validFrom: "2024-05-01", testFrom: "2024-06-01" } or ' +
  "{ valid: 0.1, test: 0.1 }.";

/**
 * Refuses what is no choice of a split, before anything is read.
 *
 * @throws {ParameterError}
 */
export function checkSplit(split: SplitChoice): void {
  if (split === "leave-one-out") return;
  if (typeof split !== "object" || split === null) throw badChoice("split", "a way to split", show(split));
  if ("validFrom" in split) {
    checkNames("split", split, ["validFrom", "testFrom"]);
    const [validFrom, testFrom] = [split.validFrom, split.testFrom].map(sizeOf);
    for (const [name, size] of Object.entries({ validFrom, testFrom })) {
      if (Number.isNaN(size)) {
        throw badChoice(`split.${name}`, "a moment", show(split[name as keyof typeof split]));
      }
    }
    return;
  }
  checkNames("split", split, ["valid", "test"]);
  const { valid, test } = split;
  for (const [name, share] of Object.entries({ valid, test })) {
    if (!(share > 0 && share < 1)) {
      throw badChoice(`split.${name}`, "a share of the interactions, between 0 and 1", show(share));
    }
  }
  if (valid + test >= 1) {
    throw badChoice("split", "shares that leave something to train on", `${valid} + ${test}`);
  }
}

/**
 * Returns the moments at which a log is split by time.
 *
 * @param times of all interactions
 * @param areNumbers whether they are any numbers rather than milliseconds; numbers that are Unix times of some unit are
 *   told by their size
 * @param path the log, for errors
 * @throws {ParameterError} if a moment cannot be compared with the log's times, or the second is not after the first
 * @throws {DataError} if nothing came before the first, or from one of them on
 */
export function cutsOf(
  times: Float64Array,
  split: Exclude<SplitChoice, "leave-one-out">,
  areNumbers: boolean,
  path: string,
): Cuts {
  const sorted = times.slice().sort();
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  // milliseconds of one unit of the log, null where its times are no moments
  const unit = areNumbers ? unitOf(last) : 1;
  const say = (time: number) => unit === null ? time : dateOf(time * unit);
  let validFrom, testFrom;
  if ("valid" in split) {
    // where many came at one moment, all of them come into the later part
    const after = (share: number) => sorted[sorted.length - Math.max(1, Math.round(share * sorted.length))];
    // whole milliseconds: what a date says is where other data can be split, too
    const whole = (time: number) => unit === null ? time : Math.floor(time * unit) / unit;
    [validFrom, testFrom] = [whole(after(split.valid + split.test)), whole(after(split.test))];
  } else {
    const read = (name: "validFrom" | "testFrom") => timeOf(`split.${name}`, split[name], unit, path);
    [validFrom, testFrom] = [read("validFrom"), read("testFrom")];
    if (validFrom >= testFrom) {
      throw badChoice("split.testFrom", `a moment after validFrom, ${say(validFrom)}`, `${say(testFrom)}`);
    }
  }
  if (!(first < validFrom && validFrom < testFrom && testFrom <= last)) {
    throw new DataError({
      where: path,
      expected: `interactions before ${say(validFrom)}, then some before ${
        say(testFrom)
      }, and some from then on`,
      found: `times from ${say(first)} to ${say(last)}`,
      advice: "Choose other moments or larger shares: many interactions may have one and the same time.",
    });
  }
  return { validFrom, testFrom, times: { validFrom: say(validFrom), testFrom: say(testFrom) } };
}

/** Returns a moment as a log has its times. */
function timeOf(where: string, moment: Moment, unit: number | null, path: string): number {
  const time = unit !== null ? millisecondsOf(moment) / unit : typeof moment === "number" ? moment : NaN;
  if (!Number.isNaN(time)) return time;
  throw new ParameterError({
    where,
    expected: unit !== null
      ? "a date, or a Unix time"
      : `a number, as the times in ${path} are numbers and no dates`,
    found: show(moment),
    advice: "Give a moment as the data have it, or shares: { valid: 0.1, test: 0.1 }.",
  });
}

/** Returns milliseconds since 1970, NaN for what is no moment; numbers are told by their digits, as in files. */
function millisecondsOf(moment: Moment): number {
  if (moment instanceof Date) return moment.getTime();
  try {
    return parseTimes("", [String(moment).trim()], [0])[0];
  } catch (error) {
    if (error instanceof DataError) return NaN;
    throw error;
  }
}

/** Returns something to tell moments from what is none: any finite number may be one. */
function sizeOf(moment: Moment): number {
  if (typeof moment === "number") return Number.isFinite(moment) ? moment : NaN;
  return moment === undefined || moment === null ? NaN : millisecondsOf(moment);
}

/** Returns the milliseconds of the unit in which a number is a moment after 1973, null if it is none in any. */
function unitOf(time: number): number | null {
  const digits = Math.floor(Math.log10(time)) + 1;
  if (digits === 9 || digits === 10) return 1000;
  if (digits === 12 || digits === 13) return 1;
  if (digits === 15 || digits === 16) return 1e-3;
  return digits === 18 || digits === 19 ? 1e-6 : null;
}

/** Writes milliseconds since 1970 as a date, with the time of day where there is one. */
function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/(:00)?\.000Z$/, "Z").replace(/T00:00Z$/, "");
}

function badChoice(where: string, expected: string, found: string): ParameterError {
  return new ParameterError({ where, expected, found, advice });
}
