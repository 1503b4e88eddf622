import { DataError } from "../../errors.ts";
import { isPacked, readChunks } from "./bytes.ts";

/** The longest line that is taken for one: no record of a data set comes near it, and no string could hold much more. */
const longestLine = 2 ** 28;

/**
 * Calls `visit` with each line of a UTF-8 file and its number from 1, holding only a piece of the file in memory.
 *
 * A gzip file is unpacked on the way; an end after the last line is optional.
 *
 * @throws {DataError} if the file cannot be read, is cut off, is not UTF-8 or has a line of more than 2²⁸ characters,
 *   naming the last whole line
 */
export async function streamLines(
  path: string,
  visit: (line: string, number: number) => void,
): Promise<void> {
  const progress = { lines: 0 };
  // a line that goes on for many pieces is put together once, at its end
  let pieces: string[] = [], length = 0;
  for await (const text of streamText(path, progress)) {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      const line = pieces.length === 0 ? text.slice(start, end) : pieces.join("") + text.slice(start, end);
      pieces = [];
      length = 0;
      start = end + 1;
      visit(line.endsWith("\r") ? line.slice(0, -1) : line, ++progress.lines);
    }
    if (start < text.length) {
      pieces.push(text.slice(start));
      length += text.length - start;
    }
    if (length > longestLine) throw tooLong(path, progress.lines);
  }
  if (length > 0) visit(pieces.join("").replace(/\r$/, ""), progress.lines + 1);
}

async function* streamText(path: string, progress: { lines: number }): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of readChunks(path)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    throw new DataError({
      where: `${path}, after line ${progress.lines}`,
      expected: `${await isPacked(path) ? "a whole gzip file of" : "a file of"} UTF-8 text`,
      found: cause instanceof Error ? cause.message : String(cause),
      advice: "Download the file again: it may have been cut off. What is not UTF-8 has to be converted.",
    }, { cause });
  }
}

function tooLong(path: string, line: number): DataError {
  return new DataError({
    where: `${path}, after line ${line}`,
    expected: `lines of ${longestLine} characters or fewer`,
    found: "a longer one",
    advice: "Is it the right file? Each record stands on a line of its own.",
  });
}
