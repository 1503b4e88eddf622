/**
 * Returns the words of a text in lower case: letters and digits with their combining marks, so that words of Hindi,
 * Thai or pointed Hebrew stay whole; joiners within a word belong to it.
 *
 * @example
 * ```ts
 * import { wordsOf } from "./words.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(wordsOf("Red हिन्दी-Mug, 2 l"), ["red", "हिन्दी", "mug", "2", "l"]);
 * ```
 */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().normalize("NFC").match(
    /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[\u200c\u200d][\p{L}\p{M}\p{N}]+)*/gu,
  ) ?? [];
}
