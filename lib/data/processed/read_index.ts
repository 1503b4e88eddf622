import { DataError } from "../../errors.ts";
import { readLines } from "../files.ts";

/**
 * Reads an `.item2index` or `.user2index` file: lines of an identifier, a tab and its index.
 *
 * @returns the identifiers in the order of their indices
 * @throws {DataError} if there is no such file, a line is malformed, or the indices are not 0 … n − 1
 */
export async function readIndex(path: string): Promise<string[]> {
  const lines = await readLines(path);
  const ids: string[] = new Array(lines.length);
  const seen = new Set<string>();
  lines.forEach((line, i) => {
    const [, id, digits] = /^([^\t]+)\t(\d+)$/.exec(line) ?? [];
    const index = Number(digits);
    if (id === undefined || index >= lines.length || ids[index] !== undefined || seen.has(id)) {
      throw new DataError({
        where: `${path}:${i + 1}`,
        expected: `an identifier, a tab and an index below ${lines.length}, each only once`,
        found: JSON.stringify(line),
        advice: "Mend the line, or take the file from where the other files of the folder came from.",
      });
    }
    seen.add(id);
    ids[index] = id;
  });
  return ids;
}
