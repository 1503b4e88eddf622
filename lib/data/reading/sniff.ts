import { decodeText } from "./decode_text.ts";

/** How a table of text is laid out. */
export interface Layout {
  /** What stands between two values: `,` `;` tab, `|` or `::`. */
  separator: string;
  /** Whether quotes around a value belong to the notation; tables with tabs, `|` or `::` know none. */
  quoted: boolean;
  /** The names in the first line, or null where the first line is a row. */
  header: string[] | null;
  /** Values of a row. */
  width: number;
  /** The first rows, without the header. */
  sample: string[][];
}

/** In the order in which they win where several would do: the rarer in plain text, the earlier. */
const separators = ["::", "\t", "|", ",", ";"];

/** How the message calls a separator. */
export function describeSeparator(separator: string): string {
  return { "\t": "tabs", ",": "commas", ";": "semicolons" }[separator] ?? `“${separator}”`;
}

/**
 * Tells how a table is laid out by its first lines.
 *
 * The separator is the one that cuts all lines into the same number of values, two or more, and more of them than
 * another one. The first line is a header if it holds no number where the second line holds one, if one of its values
 * is a name in `names`, or if its values have types as RecBole writes them (`user_id:token`).
 *
 * @param beginning some of the file's bytes from the first on
 * @param names column names that make a first line a header, in lower case
 * @returns null where no separator cuts the lines alike
 * @example
 * ```ts
 * import { sniffLayout } from "./sniff.ts";
 * import assert from "node:assert/strict";
 *
 * const { separator, header, width } = sniffLayout(new TextEncoder().encode("1::1193::5::978300760\n1::661::3::978302109\n"))!;
 * assert.deepEqual([separator, header, width], ["::", null, 4]);
 * ```
 */
export function sniffLayout(
  beginning: Uint8Array<ArrayBuffer>,
  names: ReadonlySet<string> = new Set(),
): Layout | null {
  // the last line may be cut off, perhaps within a character
  const end = beginning.lastIndexOf(newline);
  const text = decodeText(end < 0 || isUtf16(beginning) ? beginning : beginning.subarray(0, end + 1)).text;
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  if (lines.length > 1) lines.pop();
  const rows = lines.filter((line) => line.trim() !== "").slice(0, 50);
  if (rows.length === 0) return null;
  let best: { separator: string; cut: string[][]; alike: number } | null = null;
  for (const separator of separators) {
    const cut = rows.map((line) => splitLine(line, separator));
    const width = cut[0].length;
    const alike = cut.filter((cells) => cells.length === width).length;
    if (width < 2) continue;
    const isBetter = best === null || (alike === rows.length && best.alike < rows.length);
    if (isBetter) best = { separator, cut, alike };
  }
  if (best === null) return null;
  const { separator, cut } = best;
  const [first, second] = cut;
  const cells = first.map((cell) => cell.trim());
  const isNumber = (cell?: string) => cell !== undefined && /^[+-]?\d[\d.e+:/ -]*$/i.test(cell.trim());
  const isHeader = cells.every((cell) => !isNumber(cell)) &&
    (cells.some((cell) => names.has(cell.toLowerCase()) || /^\w+:(token|float)(_seq)?$/.test(cell)) ||
      (second?.some(isNumber) ?? false));
  return {
    separator,
    quoted: isQuotedLayout(separator),
    header: isHeader ? cells : null,
    width: first.length,
    sample: isHeader ? cut.slice(1) : cut,
  };
}

const newline = 10;

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Splits a line where quotes may hold the separator; a value that goes on in the next line is not looked for. */
function splitLine(line: string, separator: string): string[] {
  if (!isQuotedLayout(separator) || !line.includes('"')) return line.split(separator);
  const cells = [""];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) cells.push("");
    else cells[cells.length - 1] += character;
  }
  return cells;
}

function isQuotedLayout(separator: string): boolean {
  return separator === "," || separator === ";";
}
