import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, join } from "node:path";
import { checkWritable, writeFileAtomically } from "../../write_file.ts";
import type { Domain } from "../domain.ts";
import { exists, readLines } from "../files.ts";
import { rawSettings } from "../log/raw_settings.ts";
import type { JsonObject } from "../../json.ts";
import { readProcessedDomain } from "./read_processed.ts";
import { writeProcessedDomain } from "./write_processed.ts";

/** Hexadecimal digits of the hash in a folder's name: 64 bits, far more than any number of data sets needs. */
const hashDigits = 16;

/**
 * Returns what was made of raw files before, or makes it and keeps it in `cacheRoot/<name>-<hash>` for the next time.
 *
 * The hash is of the files' contents and the settings, not of sizes and dates, which a copied or unpacked file may
 * share with another one; hashing takes a fraction of the time of reading. A folder appears by one renaming, so that
 * an interrupted run leaves none behind that would be taken for whole. What is said of rows that were left out is
 * kept in it as `<name>.report` and printed every time; a folder without that file is made once more.
 *
 * @param inputs the raw files that `make` reads
 * @param settings what the result depends on besides
 * @param make is given what prints and keeps a line
 * @throws {StorageError} before anything is made, if it could not be kept
 */
export async function cached(
  cacheRoot: string,
  name: string,
  inputs: readonly string[],
  settings: JsonObject,
  make: (say: (line: string) => void) => Promise<Domain>,
): Promise<Domain> {
  const folder = join(cacheRoot, `${name}-${await hashOf(inputs, settings)}`);
  const report = join(folder, `${name}.report`);
  if (await exists(report)) {
    for (const line of await readLines(report)) console.info(line);
    return readProcessedDomain(folder, name);
  }
  await checkWritable(cacheRoot);
  const said: string[] = [];
  const domain = await make((line) => {
    said.push(line);
    console.info(line);
  });
  try {
    await writeProcessedDomain(folder, domain);
  } catch (cause) {
    // another process may have been faster; its folder is as good
    if (!await exists(folder)) throw cause;
  }
  await writeFileAtomically(report, said.map((line) => `${line}\n`).join(""));
  return domain;
}

async function hashOf(inputs: readonly string[], settings: JsonObject): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([rawSettings, settings]));
  for (const path of inputs) {
    hash.update(JSON.stringify([basename(path), (await Deno.stat(path)).size]));
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  }
  return hash.digest("hex").slice(0, hashDigits);
}
