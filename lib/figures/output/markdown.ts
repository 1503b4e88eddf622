/** What begins something else than a paragraph at the start of a line. */
const blockStart = /^(?:#{1,6}(?=\s|$)|>|[-+](?=[-+\s]|$)|=)/;

/**
 * Makes text safe inside Markdown, where it is then printed as it stands, on one line.
 *
 * @example
 * ```ts
 * import { escapeMarkdown } from "./markdown.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(escapeMarkdown("5 * <b>"), "5 \\* \\<b>");
 * ```
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim()
    // also what would become an entity or a link; underscores inside a word mean nothing
    .replace(
      /[\\`*[|~$]|<(?=[a-z/!?])|@(?=[\w-]+\.)|&(?=#?\w+;)|:(?=\/\/)|(?<=www)\.|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu,
      (character) => `\\${character}`,
    )
    .replace(blockStart, (mark) => `\\${mark}`)
    .replace(/^\d+(?=[.)](?:\s|$))/, (number) => `${number}\\`);
}
