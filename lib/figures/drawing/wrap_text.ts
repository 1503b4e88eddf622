/** Widths of letters in ems, a little above those of Helvetica, which stands in where a figure's font is missing. */
const letterWidths: [pattern: RegExp, width: number][] = [
  [/[ijlI.,:;'’|! ]/, 0.3],
  [/[frt()/[\]-]/, 0.42],
  [/[mwMW%@–—…&]/, 1],
  [/[\p{Lu}\p{N}]/u, 0.7],
  [/[\u0020-\u02ff]/, 0.58],
];
/** Of any other letter, such as a Chinese one. */
const widest = 1.1;

/** Returns how wide a text may come out in a figure's font or in one that stands in for it, in pixels. */
export function widthOfText(text: string, fontSize: number): number {
  const ems = Array.from(
    text,
    (letter) => letterWidths.find(([pattern]) => pattern.test(letter))?.[1] ?? widest,
  );
  return fontSize * ems.reduce((sum, width) => sum + width, 0);
}

/**
 * Breaks a text into lines that fit a width, at spaces that are not non-breaking, if possible; what is too
 * long ends with an ellipsis.
 *
 * @param width in pixels
 * @param fontSize in pixels
 * @param mostLines at least 1
 * @example
 * ```ts
 * import { wrapText } from "./wrap_text.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(wrapText("Dog leash, red", { width: 70, fontSize: 12, mostLines: 3 }), ["Dog leash,", "red"]);
 * ```
 */
export function wrapText(
  text: string,
  { width, fontSize, mostLines }: { width: number; fontSize: number; mostLines: number },
): string[] {
  const fits = (line: string) => widthOfText(line, fontSize) <= width;
  const lines: string[] = [];
  let line = "";
  for (
    const word of text.split(/[ \t\r\n]+/).filter((word) => word !== "").flatMap((word) =>
      breakWord(word, fits)
    )
  ) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== "") lines.push(line);
  if (lines.length <= mostLines) return lines;
  const last = Array.from(lines[mostLines - 1]);
  while (last.length > 0 && !fits(`${last.join("")}…`)) last.pop();
  return [...lines.slice(0, mostLines - 1), `${last.join("").replace(/[\s.,;:]+$/, "")}…`];
}

/** Cuts a word that is wider than a line into parts that are not, each of a letter at least. */
function breakWord(word: string, fits: (line: string) => boolean): string[] {
  const parts: string[] = [];
  let part = "";
  for (const letter of word) {
    if (part !== "" && !fits(part + letter)) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part];
}
