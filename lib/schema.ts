import * as v from "valibot";
import { show } from "./checks.ts";
import { DataError, type Problem, type UniSRecError } from "./errors.ts";
import { isRecord, type JsonObject } from "./json.ts";

/** A description in valibot of what a value must be; a message in it says what is expected: "a positive number". */
export type Schema<T> = v.GenericSchema<unknown, T>;

/** The error that a violation becomes. */
type Fault = new (problem: Problem, options?: ErrorOptions) => UniSRecError;

/**
 * Returns a value that was read as what its schema says, or refuses it.
 *
 * State is checked as strictly as data: describe objects in files of one's own with `exactly`, so that a field which
 * does not belong there is refused too, and those that other software writes with `atLeast`.
 *
 * @param where the file that the value comes from; the message adds the field
 * @param advice what the reader of the message can do about it
 * @param Fault the error to throw
 * @throws {DataError} or the error given, which names the first field that is not as it should be
 * @example
 * ```ts
 * import * as v from "valibot";
 * import { exactly, finiteNumber, parse, wholeNumber } from "./schema.ts";
 * import assert from "node:assert/strict";
 *
 * const epoch = exactly({ epoch: wholeNumber(), losses: v.array(finiteNumber) });
 * const read = JSON.parse('{ "epoch": 3, "losses": [0.5, null] }');
 * assert.throws(() => parse(epoch, read, "log.jsonl:4", "Mend the line."), {
 *   name: "DataError",
 *   message: "log.jsonl:4, losses[1]: expected a finite number, but found null. Mend the line.",
 * });
 * ```
 */
export function parse<T>(
  schema: Schema<T>,
  value: unknown,
  where: string,
  advice: string,
  Fault: Fault = DataError,
): T {
  const { success, output, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (success) return output;
  const [issue] = issues;
  throw new Fault({
    where: `${where}${fieldOf(issue)}`,
    expected: expectedBy(issue),
    found: foundBy(issue),
    advice,
  });
}

/**
 * Reads JSON that must be what a schema says; the parameters are those of `parse`.
 *
 * @throws {DataError} or the error given, if the text is no JSON or not what the schema says
 */
export function parseJson<T>(
  schema: Schema<T>,
  text: string,
  where: string,
  advice: string,
  Fault: Fault = DataError,
): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault({ where, expected: "JSON", found: shorten(show(text)), advice }, { cause });
  }
  return parse(schema, value, where, advice, Fault);
}

/** A number that is neither NaN nor ±∞: `JSON.parse` makes Infinity of 1e999. */
export const finiteNumber = v.pipe(v.number("a finite number"), v.finite("a finite number"));

/** A finite number that is not below 0, such as a time in seconds. */
export const nonNegative = v.pipe(
  v.number("a number of at least 0"),
  v.finite("a number of at least 0"),
  v.minValue(0, "a number of at least 0"),
);

/** A whole number of at least `minimum` that counts exactly: below 2^53. */
export function wholeNumber(minimum = 0): Schema<number> {
  const expected = `a whole number of at least ${minimum}`;
  return v.pipe(v.number(expected), v.safeInteger(expected), v.minValue(minimum, expected));
}

/** Any JSON object, as it is. */
export const jsonObject = v.custom<JsonObject>(isPlainObject, "an object");

/** An object with these fields and no other. */
export function exactly<Fields extends v.ObjectEntries>(fields: Fields) {
  return plain(v.strictObject(fields));
}

/** An object with these fields; others stay as they are. */
export function atLeast<Fields extends v.ObjectEntries>(fields: Fields) {
  return plain(v.looseObject(fields));
}

/** An object whose fields may have any name and are all of one kind. */
export function recordOf<T>(values: Schema<T>): Schema<Record<string, T>> {
  return plain(v.record(v.string(), values));
}

function plain<T>(fields: Schema<T>): Schema<T> {
  return v.pipe(v.unknown(), v.check(isPlainObject, "an object"), fields);
}

/** What valibot calls types, in words. */
const typeNames: Record<string, string> = {
  Object: "an object",
  Array: "a list",
  string: "a text",
  number: "a number",
  boolean: "true or false",
  never: "no such field",
};

function expectedBy(issue: v.BaseIssue<unknown>): string {
  if (isMissing(issue)) return "a value";
  if (!issue.message.startsWith("Invalid ")) return issue.message; // our own words for what is expected
  const expected = issue.expected ?? issue.type;
  return typeNames[expected] ?? expected.replace(/^\((.*)\)$/, "$1").replaceAll(" | ", " or ");
}

function foundBy(issue: v.BaseIssue<unknown>): string {
  if (isMissing(issue)) return "none";
  const last = issue.path?.at(-1);
  return shorten(show(last?.origin === "key" ? last.value : issue.input)); // of a field too many it gives the name
}

/** Valibot takes a list for an object, and leaves these names out of one without a word. */
function isPlainObject(value: unknown): boolean {
  return isRecord(value) &&
    !["__proto__", "prototype", "constructor"].some((name) => Object.hasOwn(value, name));
}

/** Tells that a field is not there at all; valibot then names the field as what it expects. */
function isMissing({ path, input }: v.BaseIssue<unknown>): boolean {
  const last = path?.at(-1);
  return input === undefined && last?.type === "object" && !Object.hasOwn(last.input, `${last.key}`);
}

/** Returns the way to a field as one would write it in a program: `, ranks.test[3]`. */
function fieldOf({ path }: v.BaseIssue<unknown>): string {
  const names = (path ?? []).map(({ key }) => {
    if (typeof key === "number") return `[${key}]`;
    return /^[\p{L}_$][\p{L}\d_$]*$/u.test(`${key}`) ? shorten(`.${key}`) : `[${shorten(show(key))}]`;
  });
  return names.length === 0 ? "" : `, ${names.join("").replace(/^\./, "")}`;
}

/** A damaged file can hold a text of any length where a number belongs. */
function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
