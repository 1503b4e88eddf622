import { packTar, unpackTar } from "modern-tar";
import { exists } from "../data/files.ts";
import { DataError } from "../errors.ts";
import { makeFolder, writeFileAtomically } from "../write_file.ts";
import { keptUsers, type TestUsers } from "./kept_users.ts";

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

/** A file of an archive. */
export interface Packed {
  data: Uint8Array<ArrayBuffer>;
  /** By which the newest of several results is known. */
  mtime: Date;
}

/**
 * Unpacks an archive of results.
 *
 * @param path of the archive
 * @param runs a folder of runs; the results come into its folder `experiments`
 * @throws {DataError} if it is none
 */
export async function unpackArchive(path: string, runs: string): Promise<void> {
  for (const [name, { data, mtime }] of await readArchive(path)) {
    const to = `${runs}/${name}`;
    await makeFolder(to.slice(0, to.lastIndexOf("/")));
    await Deno.writeFile(to, data);
    await Deno.utime(to, mtime, mtime);
  }
}

/**
 * Adds the results of a data set to an archive, which is made if need be: what it holds already stays.
 *
 * @param path of the archive
 * @param runs the folder of runs that has the results
 * @param files the results' files in its folder `experiments`
 * @param users kept beside them; null for what the archive holds already
 * @throws {DataError} if the archive is none
 */
export async function packArchive(
  path: string,
  runs: string,
  files: readonly string[],
  users: TestUsers | null,
): Promise<void> {
  const packed = await exists(path) ? await readArchive(path) : new Map<string, Packed>();
  for (const file of files) {
    const from = `${runs}/experiments/${file}`;
    const { mtime } = await Deno.stat(from);
    packed.set(`experiments/${file}`, { data: await Deno.readFile(from), mtime: mtime ?? new Date(0) });
  }
  if (users) {
    const { name, text } = keptUsers(users);
    packed.set(name, { data: new TextEncoder().encode(text), mtime: new Date(0) }); // they are as old as the data
  }
  const tar = await packTar(
    [...packed].sort(([one], [other]) => one < other ? -1 : 1).map(([name, { data, mtime }]) => ({
      header: { name, size: data.length, mtime, type: "file" as const },
      body: data,
    })),
  );
  const zipped = new Blob([tar]).stream().pipeThrough(new CompressionStream("gzip"));
  await writeFileAtomically(path, [new Uint8Array(await new Response(zipped).arrayBuffer())]);
}

/**
 * Reads the files of an archive by their names, results and users only.
 *
 * @throws {DataError} if it is none
 */
export async function readArchive(path: string): Promise<Map<string, Packed>> {
  const file = await Deno.readFile(path);
  try {
    const entries = await unpackTar(new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip")));
    return new Map(
      entries.filter(({ header }) => /^(experiments|users)\/[^/]+\.json$/.test(header.name))
        .map(({ header, data }) => [header.name, {
          data: new Uint8Array(data ?? []),
          mtime: header.mtime ?? new Date(0),
        }]),
    );
  } catch (cause) {
    throw new DataError({
      where: path,
      expected: "a tar archive, packed with gzip",
      found: (cause as Error).message,
      advice: "Take the file from the repository again.",
    }, { cause });
  }
}
