/**
 * Tells whether a text says something: has a letter or a digit of any script.
 *
 * @example
 * ```ts
 * import { saysSomething } from "./says_something.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["漢字", "No. 4", "—!", ""].map(saysSomething), [true, true, false, false]);
 * ```
 */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
