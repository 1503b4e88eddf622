import { DataError } from "../errors.ts";
import { streamLines } from "./reading/stream_lines.ts";

/** Tells whether a file or folder is there. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Reads a whole file.
 *
 * @throws {DataError} if there is no such file
 */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw noFile(path, cause);
  }
}

/**
 * Reads a UTF-8 file's lines, without their ends; an end after the last line is optional, and so are empty last lines.
 *
 * @throws {DataError} if there is no such file, or it is not UTF-8
 */
export async function readLines(path: string): Promise<string[]> {
  if (!await exists(path)) throw noFile(path);
  const lines: string[] = [];
  await streamLines(path, (line) => lines.push(line));
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

function noFile(path: string, cause?: unknown): DataError {
  return new DataError({
    where: path,
    expected: "a file",
    found: "nothing",
    advice: "Check that the data set was unpacked completely; data/README.md says which files belong to it.",
  }, { cause });
}
