import { ParameterError } from "./errors.ts";

/**
 * Refuses a parameter that is not a positive integer.
 *
 * @param where the parameter's name
 * @param advice what the reader of the message can do about it
 * @throws {ParameterError}
 */
export function checkPositiveInteger(where: string, value: number, advice: string): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new ParameterError({ where, expected: "a positive integer", found: String(value), advice });
}
