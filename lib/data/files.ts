import { DataError } from "../errors.ts";

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
    throw new DataError({
      where: path,
      expected: "a file",
      found: "nothing",
      advice:
        "Check that the data set was unpacked completely; data/README.md says which files belong to it.",
    }, { cause });
  }
}

/**
 * Reads a UTF-8 file's lines, without their ends; an end after the last line is optional.
 *
 * @throws {DataError} if there is no such file, or it is not UTF-8
 */
export async function readLines(path: string): Promise<string[]> {
  const bytes = await readBytes(path);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DataError({
      where: path,
      expected: "UTF-8 text",
      found: "bytes that are not UTF-8",
      advice: "Convert the file to UTF-8.",
    }, { cause });
  }
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
