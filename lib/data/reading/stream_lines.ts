import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataError } from "../../errors.ts";

/**
 * Calls `visit` with each line of a UTF-8 file and its number from 1, holding only a piece of the file in memory.
 *
 * A file whose name ends in `.gz` is unpacked on the way; an end after the last line is optional.
 *
 * @throws {DataError} if the file cannot be read, is cut off or is not UTF-8, naming the last whole line
 */
export async function streamLines(
  path: string,
  visit: (line: string, number: number) => void,
): Promise<void> {
  const progress = { lines: 0 };
  let rest = "";
  for await (const text of streamText(path, progress)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) visit(line.replace(/\r$/, ""), ++progress.lines);
  }
  if (rest !== "") visit(rest, progress.lines + 1);
}

async function* streamText(path: string, progress: { lines: number }): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const file = createReadStream(path);
  // the callback is only there because pipeline asks for it: errors arrive in the loop
  const chunks = path.endsWith(".gz") ? pipeline(file, createGunzip(), () => {}) : file;
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    throw new DataError({
      where: `${path}, after line ${progress.lines}`,
      expected: `${path.endsWith(".gz") ? "a whole gzip file of" : "a file of"} UTF-8 text`,
      found: cause instanceof Error ? cause.message : String(cause),
      advice: "Download the file again: it may have been cut off.",
    }, { cause });
  }
}
