import { basename, dirname, join } from "node:path";
import { checksumOfFile } from "../../checksum.ts";
import type { FeatureTable } from "../../data/domain.ts";
import { exists } from "../../data/files.ts";
import { DataError } from "../../errors.ts";
import { writeFileAtomically } from "../../write_file.ts";
import {
  describes,
  encoderName,
  type FeatureManifest,
  isDescribed,
  manifestPath,
  readManifest,
} from "./feature_manifest.ts";

/**
 * Reads a feature file with its manifest.
 *
 * @throws {DataError} if the file is missing or is not what its manifest says
 */
export async function readEncoded(path: string): Promise<FeatureTable> {
  const manifest = await readManifest(manifestPath(path));
  const bytes = await exists(path) ? await Deno.readFile(path) : null;
  if (manifest === null || bytes === null || !isDescribed(bytes, manifest)) {
    throw new DataError({
      where: path,
      expected: "a feature file and its manifest",
      found: "one of them missing or changed",
      advice: "Encode the texts again.",
    });
  }
  const { rows, width } = manifest;
  return { values: new Float32Array(bytes.buffer), rows, width, encoder: encoderName(manifest) };
}

/** Puts a finished file and its manifest in place; `finishPublication` ends it where it was interrupted. */
export async function publish(
  path: string,
  finished: string,
  manifest: Omit<FeatureManifest, "features">,
): Promise<void> {
  const whole: FeatureManifest = { ...manifest, features: await checksumOfFile(finished) };
  await writeFileAtomically(pendingPath(path), JSON.stringify(whole));
  await Deno.rename(finished, path);
  await Deno.rename(pendingPath(path), manifestPath(path));
  await removeStale(path);
}

/** Ends a publication that was interrupted between its two renamings. */
export async function finishPublication(path: string): Promise<void> {
  const pending = await readManifest(pendingPath(path));
  if (pending !== null && await describes(pending, path)) {
    await Deno.rename(pendingPath(path), manifestPath(path));
  }
}

function pendingPath(path: string): string {
  return `${manifestPath(path)}.pending`;
}

/** Removes what runs with other texts or models have left unfinished. */
async function removeStale(path: string): Promise<void> {
  for await (const { name } of Deno.readDir(dirname(path))) {
    const hash = name.slice(basename(path).length);
    if (name.startsWith(basename(path)) && /^\.[0-9a-f]{16}(\.\d+-of-\d+)?\.partial$/.test(hash)) {
      await Deno.remove(join(dirname(path), name));
    }
  }
}
