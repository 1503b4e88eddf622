import { ParameterError } from "./errors.ts";

/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue };

/**
 * Returns an object as JSON, on one line or indented.
 *
 * @param where what the object is, for the message
 * @param indent spaces of each level; 0 for one line
 * @throws {ParameterError} if it holds NaN or ±∞, which JSON would turn into null without a word
 */
export function toJson(object: JsonObject, where: string, indent = 0): string {
  return JSON.stringify(object, (key, value) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new ParameterError({
      where: `${where}, ${key}`,
      expected: "a finite number",
      found: String(value),
      advice: "Use null for a value that is not known.",
    });
  }, indent);
}

/** Tells an object from a list, a plain value and null, as `JSON.parse` returns them. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
