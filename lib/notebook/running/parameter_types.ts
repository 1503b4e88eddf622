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

/** Types of the library that parameters have, written out. */
const named: Record<string, string> = {
  NegativesChoice: '"popularity" | "uniform" | object | null',
};

/**
 * Returns what a line of a cell of parameters declares, by name: several parameters, with commas between them, or none.
 *
 * Without a type one has that of its literal.
 *
 * @example
 * ```ts
 * import { readDeclarations } from "./parameter_types.ts";
 * import assert from "node:assert/strict";
 *
 * const [[name, { type }], [other]] = readDeclarations("let epochs = 300, patience: number | null = null; // at most");
 * assert.deepEqual([name, type, other], ["epochs", "number", "patience"]);
 * ```
 */
export function readDeclarations(line: string): [name: string, Declaration][] {
  const [, declared] = line.match(/^let\s+([^]*)$/) ?? [];
  if (declared === undefined) return [];
  return splitAtCommas(declared).flatMap((text) => {
    const parts = text.match(/^\s*([A-Za-z_$][\w$]*)(?:\s*:\s*([^=]*?))?\s*(?:=\s*([^]*))?$/);
    return parts ? [[parts[1], { type: parts[2] ?? typeOfLiteral(parts[3] ?? ""), line }]] : [];
  });
}

/** Cuts a list of declarations at its commas, and its end off: those in brackets and texts belong to a declaration. */
function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  let quote = "";
  for (const [at, letter] of [...text].entries()) {
    const isInside = depth > 0 || quote !== "";
    if (!isInside && (letter === ";" || letter === "/" && text[at + 1] === "/")) break;
    if (!isInside && letter === ",") {
      parts.push("");
      continue;
    }
    parts[parts.length - 1] += letter;
    if (quote !== "") {
      if (letter === quote && text[at - 1] !== "\\") quote = "";
    } else if (/["'`]/.test(letter)) quote = letter;
    else if (/[([{<]/.test(letter)) depth++;
    else if (/[)\]}>]/.test(letter) && text[at - 1] !== "=") depth--; // => closes nothing
  }
  return parts;
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
    if (member === "object") return isRecord(value); // what is in it the library checks
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
  return (named[type] ?? type).split("|").map((member) => member.trim());
}
