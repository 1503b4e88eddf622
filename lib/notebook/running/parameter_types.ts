import { isRecord } from "../../json.ts";

/** A parameter as a notebook declares it. */
export interface Declaration {
  /** Its TypeScript type, or null if that is not known. */
  type: string | null;
  /** The line that declares it, comment included. */
  line: string;
}

/** Types in words; others are shown as they are written. */
const words: Record<string, string> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  "string[]": "a list of texts",
  "number[]": "a list of numbers",
  "Record<string, number>": "a number for each name",
  "Record<string, number[]>": "a list of numbers for each name",
};

/**
 * Returns what a line of a cell of parameters declares, by its name; null if the line declares nothing.
 *
 * Without a type it has that of its literal.
 *
 * @example
 * ```ts
 * import { readDeclaration } from "./parameter_types.ts";
 * import assert from "node:assert/strict";
 *
 * const [name, { type }] = readDeclaration("let epochs = 300; // at most")!;
 * assert.deepEqual([name, type], ["epochs", "number"]);
 * ```
 */
export function readDeclaration(line: string): [name: string, Declaration] | null {
  const parts = line.match(/^let\s+([A-Za-z_$][\w$]*)(?:\s*:\s*([^=;]*?))?\s*(?:[=;]\s*(.*))?$/);
  return parts && [parts[1], { type: parts[2] ?? typeOfLiteral(parts[3] ?? ""), line }];
}

function typeOfLiteral(text: string): string | null {
  if (/^["'`]/.test(text)) return "string";
  if (/^-?[\d.]/.test(text)) return "number";
  return /^(true|false)\b/.test(text) ? "boolean" : null;
}

/** Returns whether a value is of a type; every value is of one that is not understood. */
export function isOfType(value: unknown, type: string): boolean {
  return membersOf(type).some((member) => {
    if (member === "number") return Number.isFinite(value);
    if (member === "string") return typeof value === "string";
    if (member === "boolean") return typeof value === "boolean";
    if (member === "null") return value === null;
    if (member === "undefined") return value === undefined;
    if (member.startsWith('"')) return value === JSON.parse(member);
    const [, values] = member.match(/^Record<string, (.*)>$/) ?? [];
    if (values) return isRecord(value) && Object.values(value).every((own) => isOfType(own, values));
    const [, items] = member.match(/^([^[]+)\[\]$/) ?? [];
    if (items) return Array.isArray(value) && value.every((item) => isOfType(item, items));
    const [, list] = member.match(/^\[(.*)\]$/) ?? [];
    if (list === undefined) return true;
    const types = list === "" ? [] : list.split(", ");
    return Array.isArray(value) && value.length === types.length &&
      types.every((own, i) => isOfType(value[i], own));
  });
}

/** Returns a type in words. */
export function describeType(type: string): string {
  return membersOf(type).filter((member) => member !== "undefined")
    .map((member) => words[member] ?? member).join(" or ");
}

/** Returns a value of the type that someone who wrote another is likely to have meant, or undefined. */
export function likelyMeant(value: unknown, type: string): unknown {
  const meant: unknown[] = [];
  if (typeof value === "string" && value.trim() !== "") meant.push(Number(value)); // .003 is no JSON
  if (typeof value === "number" || typeof value === "boolean") meant.push(String(value));
  meant.push(...[value, ...meant].map((single) => [single]));
  if (isRecord(value)) {
    meant.push(Object.fromEntries(Object.entries(value).map(([name, own]) => [name, [own]])));
  }
  return meant.find((candidate) => isOfType(candidate, type));
}

function membersOf(type: string): string[] {
  return type.split("|").map((member) => member.trim());
}
