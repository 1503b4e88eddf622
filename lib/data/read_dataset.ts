import { join } from "node:path";
import type { Domain } from "./domain.ts";
import { readFeaturesById } from "./features/read_features_by_id.ts";
import { findFeatureFiles } from "./features/feature_tables.ts";
import { findFormat } from "./formats/registry.ts";
import { makeDomain } from "./log/raw_data.ts";
import { type JsonObject, toJson } from "../json.ts";
import { cached } from "./processed/processed_cache.ts";
import type { ColumnMapping } from "./reading/columns.ts";
import { DataError } from "../errors.ts";
import { checkSplit, type SplitChoice } from "./split_choice.ts";

/** How a data set is read. */
export interface DatasetOptions {
  /** Where what is made of raw files is kept. */
  cacheRoot: string;
  /** Which columns are what in a table of one's own. */
  columns?: ColumnMapping | null;
  /** Numbers per item in feature files that do not say so themselves. */
  featureWidth?: number | null;
  /** How it is split; leave-one-out if left out. */
  split?: SplitChoice;
}

/** A data set whose format is known. */
export interface Dataset {
  /** The files that the result depends on; none where nothing that is made of them is kept. */
  inputs: string[];
  /** Reads it; `say` is told what was left out. */
  read(say?: (line: string) => void): Promise<Domain>;
}

/**
 * Tells of what format the data set in a folder is (`formats/registry.ts` lists them).
 *
 * Raw files may have features beside them: `<name>.item2index` with `<name>.feat1CLS`, or a table with identifiers.
 *
 * @throws {DataError} if the folder holds no format's files, or it is to be split by time and its files have no times
 */
export async function openDataset(
  folder: string,
  name: string,
  { columns, featureWidth, split = "leave-one-out" }: Omit<DatasetOptions, "cacheRoot"> = {},
): Promise<Dataset> {
  checkSplit(split);
  const { format, found } = await findFormat(folder, name, columns ?? undefined);
  const isByTime = split !== "leave-one-out";
  if (isByTime && !("readRaw" in found)) throw noTimes(folder, format.name);
  if (found.inputs.length === 0 && !("readRaw" in found)) {
    return { inputs: [], read: (say = console.info) => found.readDomain(say, featureWidth ?? undefined) };
  }
  const base = join(folder, name);
  const features = await findFeatureFiles(base);
  const readFeatures = features.length === 0
    ? null
    : (itemIds: readonly string[]) => readFeaturesById(base, itemIds, featureWidth ?? undefined);
  return {
    inputs: [...found.inputs, ...features],
    async read(say = console.info) {
      const { readDomain } = found;
      if ("readRaw" in found && (isByTime || !readDomain)) {
        return await makeDomain(await found.readRaw(), name, say, readFeatures, split);
      }
      const domain = await readDomain!(say);
      return readFeatures ? { ...domain, features: await readFeatures(domain.itemIds) } : domain;
    },
  };
}

/**
 * Reads the data set in a folder, of whatever format its files are; what is made of raw files is kept, but for data that
 * are split by time, as the processed format has a target for every user.
 *
 * @throws {DataError} if the folder holds no format's files, or a file is not what it should be
 */
export async function readDataset(
  folder: string,
  name: string,
  { cacheRoot, columns, featureWidth, split = "leave-one-out" }: DatasetOptions,
): Promise<Domain> {
  const { inputs, read } = await openDataset(folder, name, { columns, featureWidth, split });
  if (inputs.length === 0 || split !== "leave-one-out") return await read();
  const settings = {
    columns: columns ? toJson({ ...columns } as JsonObject, "columns") : null,
    featureWidth: featureWidth ?? null,
  };
  return await cached(cacheRoot, name, inputs, settings, read);
}

function noTimes(folder: string, format: string): DataError {
  return new DataError({
    where: folder,
    expected: "interactions with times, to split them by time",
    found: `${format}: sequences without times`,
    advice: "Take the raw files that they were made of, or the split leave-one-out.",
  });
}
