import { ParameterError } from "./errors.ts";

/** Returns a value as a message shows it: 5 is not "5", and infinity is not null. */
export function show(value: unknown): string {
  // JSON has no big integers, and turns other numbers than finite ones into null
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return JSON.stringify(value) ?? String(value);
}

/**
 * Refuses a parameter that is not a positive integer.
 *
 * @param where the parameter's name
 * @param advice what the reader of the message can do about it
 * @throws {ParameterError}
 */
export function checkPositiveInteger(where: string, value: number, advice: string): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new ParameterError({ where, expected: "a positive integer", found: show(value), advice });
}

/**
 * Refuses a parameter that is not a finite number above 0.
 *
 * @param where the parameter's name
 * @param advice what the reader of the message can do about it
 * @throws {ParameterError}
 */
export function checkPositiveNumber(where: string, value: number, advice: string): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new ParameterError({ where, expected: "a positive number", found: show(value), advice });
}

/**
 * Refuses options of names that there are not: cells of notebooks are not type-checked, and a misspelt option would be
 * passed over without a word.
 *
 * @param where what the options are of
 * @param known the names of all options
 * @throws {ParameterError}
 */
export function checkNames(where: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ParameterError({
    where,
    expected: `some of ${known.join(", ")}`,
    found: unknown,
    advice: "Check the spelling.",
  });
}

/**
 * Refuses a value that is not one of a few.
 *
 * @param where the parameter's name
 * @param advice what the reader of the message can do about it
 * @throws {ParameterError}
 */
export function checkOneOf(where: string, value: unknown, known: readonly unknown[], advice: string): void {
  if (known.includes(value)) return;
  throw new ParameterError({
    where,
    expected: known.map(show).join(" or "),
    found: show(value),
    advice,
  });
}

/**
 * Refuses a list that is empty, or has a value more than once: what is done twice would count as evidence twice.
 *
 * @param where the parameter's name
 * @throws {ParameterError}
 */
export function checkDistinct(where: string, values: readonly (number | string)[]): void {
  if (values.length > 0 && new Set(values).size === values.length) return;
  throw new ParameterError({
    where,
    expected: "one value or more, each once",
    found: values.length > 0 ? values.map(show).join(", ") : "an empty list",
    advice: "List what is to be done, and nothing twice.",
  });
}
