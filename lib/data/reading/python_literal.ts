/** Where the reading of a literal stands. */
interface Cursor {
  text: string;
  at: number;
}

/** What a literal of Python can be here; dictionaries are objects, tuples lists. */
export type Literal = string | number | boolean | null | Literal[] | { [key: string]: Literal };

const escapes: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  "0": "\0",
  "\n": "",
};
const names: Record<string, Literal> = { True: true, False: false, None: null, nan: null, inf: Infinity };

/**
 * Reads a literal of Python, such as a line of Amazon's metadata of 2014 or of Steam's reviews; nothing is run.
 *
 * @throws {SyntaxError} if it is none
 * @example
 * ```ts
 * import { parsePythonLiteral } from "./python_literal.ts";
 * import assert from "node:assert/strict";
 *
 * const literal = `{'asin': u'B1', "title": "a kid's mug", 'also': ['A', 'B'], 'price': 4.5, 'old': None}`;
 * assert.deepEqual(parsePythonLiteral(literal), {
 *   asin: "B1",
 *   title: "a kid's mug",
 *   also: ["A", "B"],
 *   price: 4.5,
 *   old: null,
 * });
 * ```
 */
export function parsePythonLiteral(text: string): Literal {
  const cursor = { text, at: 0 };
  const value = readValue(cursor, 0);
  skipBlanks(cursor);
  if (cursor.at < text.length) throw unexpected(cursor);
  return value;
}

function unexpected({ text, at }: Cursor): SyntaxError {
  const found = at < text.length ? JSON.stringify(text.slice(at, at + 10)) : "the end";
  return new SyntaxError(`${found} at character ${at + 1} of a Python literal`);
}

function skipBlanks(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? "")) cursor.at++;
}

function takes(cursor: Cursor, character: string): boolean {
  skipBlanks(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  return true;
}

/** No record nests deeper, and a mutilated one must not overflow the stack. */
const deepest = 100;

function readValue(cursor: Cursor, depth: number): Literal {
  if (depth > deepest) throw unexpected(cursor);
  if (takes(cursor, "{")) return readDictionary(cursor, depth);
  if (takes(cursor, "[")) return readList(cursor, "]", depth);
  if (takes(cursor, "(")) return readList(cursor, ")", depth);
  skipBlanks(cursor);
  const prefix = /[ubr]{0,2}(?=['"])/iy;
  prefix.lastIndex = cursor.at;
  const found = prefix.exec(cursor.text);
  if (found) {
    cursor.at += found[0].length;
    return readStrings(cursor, /r/i.test(found[0]));
  }
  const word = /[-+]?[\w.]+(?:(?<=[eE])[-+]\d+)?/y;
  word.lastIndex = cursor.at;
  const token = word.exec(cursor.text)?.[0];
  if (token === undefined) throw unexpected(cursor);
  const value = Object.hasOwn(names, token) ? names[token] : Number(token.replace(/[lL]$/, ""));
  if (typeof value === "number" && Number.isNaN(value)) throw unexpected(cursor);
  cursor.at += token.length;
  return value;
}

function readDictionary(cursor: Cursor, depth: number): Literal {
  const entries: [string, Literal][] = [];
  while (!takes(cursor, "}")) {
    const key = readValue(cursor, depth + 1);
    if (typeof key !== "string" && typeof key !== "number") throw unexpected(cursor);
    if (!takes(cursor, ":")) throw unexpected(cursor);
    entries.push([String(key), readValue(cursor, depth + 1)]);
    if (!takes(cursor, ",") && cursor.text[cursor.at] !== "}") throw unexpected(cursor);
  }
  return Object.fromEntries(entries);
}

function readList(cursor: Cursor, end: string, depth: number): Literal[] {
  const values: Literal[] = [];
  while (!takes(cursor, end)) {
    values.push(readValue(cursor, depth + 1));
    if (!takes(cursor, ",") && cursor.text[cursor.at] !== end) throw unexpected(cursor);
  }
  return values;
}

function readStrings(cursor: Cursor, isRaw: boolean): string {
  const quote = cursor.text[cursor.at++];
  let value = "";
  while (true) {
    const character = cursor.text[cursor.at++];
    if (character === undefined) throw unexpected(cursor);
    if (character === quote) return value;
    value += character === "\\" && !isRaw ? readEscape(cursor) : character;
  }
}

function readEscape(cursor: Cursor): string {
  const character = cursor.text[cursor.at++] ?? "";
  const digits = { x: 2, u: 4, U: 8 }[character];
  if (digits === undefined) {
    return escapes[character] ?? (/["'\\]/.test(character) ? character : `\\${character}`);
  }
  const hex = cursor.text.slice(cursor.at, cursor.at + digits);
  const code = parseInt(hex, 16);
  if (!/^[\da-f]+$/i.test(hex) || hex.length < digits || code > 0x10ffff) throw unexpected(cursor);
  cursor.at += digits;
  return String.fromCodePoint(code);
}
