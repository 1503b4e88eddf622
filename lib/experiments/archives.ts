import { exists } from "../data/files.ts";
import { DataError } from "../errors.ts";

/** The name of the archive of a profile's results, in its folder of figures. */
export const archiveName = "results.tar.gz";

/**
 * Lists the profiles whose folders hold an archive of results, in the order of their names.
 *
 * @param figures the folder of figures
 */
export async function listArchives(figures: string): Promise<string[]> {
  const profiles: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(figures)) {
    if (isDirectory && await exists(`${figures}/${name}/${archiveName}`)) profiles.push(name);
  }
  return profiles.sort();
}

/**
 * Unpacks an archive of results with the system's `tar`.
 *
 * @param path of the archive
 * @param runs a folder of runs that is there; the results come into its folder `experiments`
 * @throws {DataError} if it cannot be unpacked
 */
export async function unpackArchive(path: string, runs: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("tar", { args: ["xzf", path, "-C", runs] }).output();
  if (success) return;
  throw new DataError({
    where: path,
    expected: "an archive that tar and gzip can unpack",
    found: new TextDecoder().decode(stderr).trim().split("\n")[0],
    advice: "Take the file from the repository again.",
  });
}
