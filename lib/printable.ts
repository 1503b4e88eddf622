/**
 * Returns a text without what terminals obey and XML forbids: control characters but tab and newline, halves of
 * surrogate pairs, U+FFFE and U+FFFF become U+FFFD, each; line ends become newlines.
 *
 * Item texts and identifiers come from files that anybody may have written: a terminal would let them colour, hide or
 * overwrite what it shows.
 *
 * @example
 * ```ts
 * import { printable } from "./printable.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(printable("red:\x1b[31m shoes\r\n"), "red:\ufffd[31m shoes\n");
 * ```
 */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\t\n]|[\ufffe\uffff]|\p{Cs}/gu, "\ufffd");
}
