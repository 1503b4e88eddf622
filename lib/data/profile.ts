import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ParameterError } from "../errors.ts";
import type { Domain } from "./domain.ts";
import { checkPlainName } from "./plain_name.ts";
import type { ColumnMapping } from "./reading/columns.ts";
import { readDataset } from "./read_dataset.ts";
import { makeSample } from "./sample/sample.ts";
import { checkSplit, type SplitChoice } from "./split_choice.ts";

/** The data that the notebooks run on. */
export interface Profile {
  name: string;
  /** Domains to pre-train on; none in a profile of one data set. */
  sources: Domain[];
  /** Domains to fine-tune on and to report. */
  targets: Domain[];
}

/** Where data sets are looked for. */
export interface ProfileOptions {
  /**
   * The folder with one folder per data set; the environment's `UNISREC_DATA` or the project's `data/raw` by default.
   *
   * In the variable a relative path counts from the project's root, as a notebook's kernel runs in another folder.
   */
  dataRoot?: string;
  /** Where what was made of raw files is kept; the project's `data/processed` by default. */
  cacheRoot?: string;
  /** Which columns are what in a table of one's own; those that are left out are found by their names. */
  columns?: ColumnMapping | null;
  /** Numbers per item in feature files that do not say so themselves. */
  featureWidth?: number | null;
  /**
   * How each data set is split into what trains, validates and tests; leave-one-out if left out.
   *
   * Leave-one-out trains on what one user did after another one's test item. By time nothing of that is known: name
   * two moments, or shares of the interactions.
   */
  split?: SplitChoice;
}

const sampleName = "sample";
const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
const projectData = join(projectRoot, "data");

/**
 * Loads a profile: the embedded `sample`, or the data set in the folder of that name under the data root.
 *
 * @throws {ParameterError} if there is no such profile, or it cannot be split so
 * @throws {DataError} if the data set's files are not what they should be
 * @example
 * ```ts
 * import { loadProfile } from "./profile.ts";
 * import assert from "node:assert/strict";
 *
 * const { sources, targets } = await loadProfile("sample");
 * assert.deepEqual([sources.length, targets.length], [3, 3]);
 * ```
 */
export async function loadProfile(profile: string, options: ProfileOptions = {}): Promise<Profile> {
  const { split = "leave-one-out" } = options;
  checkSplit(split);
  const folder = await datasetFolder(profile, options);
  if (folder === null) {
    if (split !== "leave-one-out") throw timeless(profile);
    return { name: profile, ...makeSample() };
  }
  const cacheRoot = options.cacheRoot ?? join(projectData, "processed");
  return {
    name: profile,
    sources: [],
    targets: [await readDataset(folder, profile, { ...options, cacheRoot })],
  };
}

function timeless(profile: string): ParameterError {
  return new ParameterError({
    where: "split",
    expected: `leave-one-out, as ${profile} has no times`,
    found: "a split by time",
    advice: "Choose a data set of raw files, which have times.",
  });
}

/**
 * Returns the folder of a profile's data set, or null for the embedded `sample`.
 *
 * @throws {ParameterError} if there is no such profile
 */
export async function datasetFolder(profile: string, options: ProfileOptions = {}): Promise<string | null> {
  await checkProfile(profile, options);
  return profile === sampleName ? null : join(dataRootOf(options), profile);
}

/**
 * Checks that there is a profile of this name, without loading it.
 *
 * @throws {ParameterError} if there is none, or its name cannot name a folder of outputs
 */
export async function checkProfile(profile: string, options: ProfileOptions = {}): Promise<void> {
  if (profile === sampleName) return; // it needs no data root, whatever state that is in
  checkName("profile", profile, [sampleName, ...await datasetNames(options)], options);
  checkPlainName(join(dataRootOf(options), profile), profile);
}

/**
 * Checks that a parameter names a data set that there is.
 *
 * @param where the parameter
 * @param known the names of what there is
 * @throws {ParameterError} if the name is none of them
 */
export function checkName(
  where: string,
  name: string,
  known: readonly string[],
  options: ProfileOptions = {},
): void {
  if (known.includes(name)) return;
  throw new ParameterError({
    where,
    expected: `one of ${known.join(", ")}`,
    found: JSON.stringify(name),
    advice: `Put the data set's folder under ${
      dataRootOf(options)
    }, or set UNISREC_DATA to the folder that holds it.`,
  });
}

function dataRootOf({ dataRoot }: ProfileOptions): string {
  return dataRoot ?? resolve(projectRoot, Deno.env.get("UNISREC_DATA") || join("data", "raw"));
}

/**
 * Loads one domain of a profile.
 *
 * @param dataset the domain's name; the profile's first target by default
 * @throws {ParameterError} if there is no such profile, or no such domain in it
 * @throws {DataError} if the data set's files are not what they should be
 */
export async function loadDomain(
  profile: string,
  dataset: string | null = null,
  options: ProfileOptions = {},
): Promise<Domain> {
  const { sources, targets } = await loadProfile(profile, options);
  if (dataset === null) return targets[0];
  const domains = [...targets, ...sources];
  const domain = domains.find(({ name }) => name === dataset);
  if (!domain) {
    throw new ParameterError({
      where: "dataset",
      expected: `one of ${domains.map(({ name }) => name).join(", ")}`,
      found: JSON.stringify(dataset),
      advice: `Choose a data set of the profile ${profile}, or another profile.`,
    });
  }
  return domain;
}

/**
 * Returns the names of the data sets under the data root, from A to Z.
 *
 * @throws {ParameterError} if the data root is no folder that may be read
 */
export async function datasetNames(options: ProfileOptions = {}): Promise<string[]> {
  const dataRoot = dataRootOf(options);
  const names = [];
  try {
    for await (const { name } of Deno.readDir(dataRoot)) {
      // stat follows links, and a data set may well be one
      if ((await Deno.stat(join(dataRoot, name)).catch(() => null))?.isDirectory) names.push(name);
    }
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new ParameterError({
      where: `the data root ${dataRoot}`,
      expected: "a folder that may be read",
      found: cause instanceof Deno.errors.NotADirectory ? "a file" : (cause as Error).message,
      advice:
        "Set UNISREC_DATA to the folder that holds the data sets' folders, or give yourself the right to read it.",
    }, { cause });
  }
  return names.sort();
}
