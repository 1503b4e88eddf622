import { exists } from "../data/files.ts";
import { DataError } from "../errors.ts";
import { makeFolder } from "../write_file.ts";
import { saveTestUsers, type TestUsers } from "./kept_users.ts";

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
 * Adds the results of a data set to an archive, which is made if need be: what it holds already stays.
 *
 * @param path of the archive
 * @param runs the folder of runs that has the results
 * @param files the results' files in its folder `experiments`
 * @param users kept beside them; null for none, or for what the archive holds already
 * @throws {DataError} if the archive cannot be read
 */
export async function packArchive(
  path: string,
  runs: string,
  files: readonly string[],
  users: TestUsers | null,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    if (await exists(path)) await unpackArchive(path, folder);
    await makeFolder(`${folder}/experiments`);
    for (const file of files) {
      const [from, to] = [runs, folder].map((root) => `${root}/experiments/${file}`);
      await Deno.copyFile(from, to);
      const { mtime } = await Deno.stat(from);
      if (mtime) await Deno.utime(to, mtime, mtime); // by which the newest of several is known
    }
    if (users) await saveTestUsers(folder, users);
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
    const own = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name"];
    await tar(path, ["czf", `${path}.tmp`, ...own, "-C", folder, ...names]);
    await Deno.rename(`${path}.tmp`, path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Unpacks an archive of results with the system's `tar`.
 *
 * @param path of the archive
 * @param runs a folder of runs that is there; the results come into its folder `experiments`
 * @throws {DataError} if it cannot be unpacked
 */
export async function unpackArchive(path: string, runs: string): Promise<void> {
  await tar(path, ["xzf", path, "-C", runs]);
}

async function tar(path: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("tar", { args: [...args] }).output();
  if (success) return;
  throw new DataError({
    where: path,
    expected: "an archive that tar and gzip can read or write",
    found: new TextDecoder().decode(stderr).trim().split("\n")[0],
    advice: "Take the file from the repository again.",
  });
}
