import { join } from "node:path";
import { DataError } from "../../errors.ts";
import { hashFile } from "../../text/files/hash_file.ts";
import { writeFileAtomically } from "../../write_file.ts";
import { outputFolder, type OutputPlace } from "./place.ts";

/** The file of checksums, in a folder of outputs; `sha256sum --check` reads it. */
export const checksumFile = "numbers.sha256";

/** Tables of time and memory, which no two runs agree on. */
const measuredTables = ["table-cost.csv"];

/**
 * Writes the SHA-256 of every file of numbers of a place, `numbers.json` and all tables but those of time and
 * memory: equal numbers give equal checksums.
 *
 * @returns the checksums by the files' names
 */
export async function writeChecksums(place: OutputPlace, root?: string): Promise<Record<string, string>> {
  const folder = outputFolder(place, root);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
    .filter((name) => name === "numbers.json" || name.endsWith(".csv") && !measuredTables.includes(name))
    .sort();
  const checksums: Record<string, string> = {};
  for (const name of names) checksums[name] = await hashFile(join(folder, name));
  const lines = Object.entries(checksums).map(([name, checksum]) => `${checksum}  ${name}\n`);
  await writeFileAtomically(join(folder, checksumFile), lines.join(""));
  return checksums;
}

/**
 * Reads the checksums by the files' names, or null where there are none yet.
 *
 * @throws {DataError} if a line is not one that `writeChecksums` writes
 */
export async function readChecksums(
  place: OutputPlace,
  root?: string,
): Promise<Record<string, string> | null> {
  const path = join(outputFolder(place, root), checksumFile);
  let text;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const lines = text.split("\n").slice(0, -1);
  return Object.fromEntries(lines.map((line, at) => {
    const parts = line.match(/^([\da-f]{64}) {2}(.+)$/);
    if (parts) return [parts[2], parts[1]];
    throw new DataError({
      where: `${path}:${at + 1}`,
      expected: "a checksum and the name of a file",
      found: JSON.stringify(line.slice(0, 80)),
      advice: "Delete the file: the notebooks write it anew.",
    });
  }));
}

/** Names the files whose numbers are others than before, new files and lost ones included. */
export function changedNumbers(before: Record<string, string>, after: Record<string, string>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    .filter((name) => before[name] !== after[name]);
}
