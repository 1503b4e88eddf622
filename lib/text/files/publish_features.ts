import { basename, dirname, join } from "node:path";
import type { FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";
import { writeFileAtomically } from "../../write_file.ts";
import { encoderName, type FeatureManifest, manifestPath, readManifest } from "./feature_manifest.ts";
import { hashFile } from "./hash_file.ts";

/**
 * Reads a feature file with its manifest.
 *
 * @throws {DataError} if the file is missing or is not what its manifest says
 */
export async function readEncoded(path: string): Promise<FeatureTable> {
  const manifest = await readManifest(manifestPath(path), path);
  if (manifest === null) {
    throw new DataError({
      where: path,
      expected: "a feature file and its manifest",
      found: "one of them missing or changed",
      advice: "Encode the texts again.",
    });
  }
  const { rows, width } = manifest;
  const values = new Float32Array((await Deno.readFile(path)).buffer);
  return { values, rows, width, encoder: encoderName(manifest) };
}

/** Puts a finished file and its manifest in place; `finishPublication` ends it where it was interrupted. */
export async function publish(
  path: string,
  finished: string,
  manifest: Omit<FeatureManifest, "features">,
): Promise<void> {
  const whole: FeatureManifest = { ...manifest, features: await hashFile(finished) };
  await writeFileAtomically(pendingPath(path), JSON.stringify(whole));
  await Deno.rename(finished, path);
  await Deno.rename(pendingPath(path), manifestPath(path));
  await removeStale(path);
}

/** Ends a publication that was interrupted between its two renamings. */
export async function finishPublication(path: string): Promise<void> {
  const pending = await readManifest(pendingPath(path), path);
  if (pending !== null) await Deno.rename(pendingPath(path), manifestPath(path));
}

function pendingPath(path: string): string {
  return `${manifestPath(path)}.pending`;
}

/** Removes what runs with other texts or models have left unfinished. */
async function removeStale(path: string): Promise<void> {
  for await (const { name } of Deno.readDir(dirname(path))) {
    const hash = name.slice(basename(path).length);
    if (name.startsWith(basename(path)) && /^\.[0-9a-f]{16}\.partial$/.test(hash)) {
      await Deno.remove(join(dirname(path), name));
    }
  }
}
