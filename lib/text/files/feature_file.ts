import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { DataError } from "../../errors.ts";
import { paddingShare, planBatches } from "../encoder/batches.ts";
import type { BertEncoder } from "../encoder/encoder.ts";
import { describes, hashTexts, manifestPath, readManifest, textHashes } from "./feature_manifest.ts";
import {
  cutToRows,
  finishStep,
  openPartial,
  type PartialFeatures,
  readAt,
  readRow,
  writeRows,
} from "./partial_features.ts";
import { finishPublication, publish } from "./publish_features.ts";

/** How far an encoding has come. */
export interface EncodingProgress {
  /** Texts that have their vector. */
  done: number;
  /** All texts. */
  total: number;
}

/** What an encoding did. */
export interface EncodingReport {
  /** Texts that the model encoded in this run. */
  encoded: number;
  /** Rows taken from the file as it was before, from an interrupted run, or from an item of the same text. */
  reused: number;
  /** The share of the tokens in batches that was padding. */
  padding: number;
}

/** Rows whose bytes are copied from elsewhere instead of being encoded. */
interface Plan {
  /** The rows that get encoded, each text once. */
  encoded: number[];
  /** Rows that repeat another row's text: `[row, the encoded row]`. */
  repeated: [number, number][];
  /** Rows whose text was encoded before: `[row, the old file's row]`. */
  kept: [number, number][];
}

/**
 * Encodes texts into a feature file (little-endian 32-bit floats, a row per text) with a manifest `<path>.json`.
 *
 * Rows of unchanged texts are taken from the file as it is. An interrupted run leaves `<path>.<hash>.partial`, which
 * the next run with the same texts and model goes on with; `path` itself is only ever the old or the new file, and
 * the new one is byte for byte what an uninterrupted run makes.
 *
 * @param observe is told after each batch how far the encoding is
 * @throws {DataError} if a text has no token, the manifest is damaged, or another process is encoding the same
 * @throws {StorageError} if the disk is full
 */
export async function encodeToFile(
  path: string,
  texts: readonly string[],
  encoder: BertEncoder,
  observe: (progress: EncodingProgress) => void = () => {},
): Promise<EncodingReport> {
  const work = await planWork(path, texts, encoder);
  if (work === null) return { encoded: 0, reused: texts.length, padding: 0 };
  const { batches, rowSize, partialPath } = work;
  // the step after the batches copies rows
  const partial = await openPartial(`${partialPath}.partial`, texts.length, rowSize, batches.length + 1);
  let encoded: number;
  try {
    await takeShards(partial, work);
    encoded = await encodeBatches(partial, work, batches.keys(), texts, encoder, observe);
    if (!partial.done[batches.length]) {
      await copyRows(partial, work.plan, path);
      await finishStep(partial, batches.length);
    }
    await cutToRows(partial);
  } finally {
    partial.file.close();
  }
  await publish(path, partial.path, {
    origin: encoder.origin,
    settings: encoder.settings,
    rows: texts.length,
    width: encoder.width,
    texts: work.hashes.join(""),
  });
  return { encoded, reused: texts.length - encoded, padding: work.padding };
}

/** A share of an encoding: the batches that one of several processes takes. */
export interface Shard {
  /** Which it is, from 1. */
  number: number;
  /** How many there are. */
  of: number;
}

/**
 * Encodes one share of the texts, beside other processes, on this machine or others, that encode the other shares of the
 * same. `encodeToFile` then puts them together, and encodes what none of them did: the file is byte for byte the one that
 * a single process makes.
 *
 * @param observe is told after each batch how far the share is
 * @returns what was encoded; nothing is reused
 * @throws {DataError} as `encodeToFile`
 * @throws {StorageError} if the disk is full
 */
export async function encodeShard(
  path: string,
  texts: readonly string[],
  encoder: BertEncoder,
  { number, of }: Shard,
  observe: (progress: EncodingProgress) => void = () => {},
): Promise<EncodingReport> {
  const work = await planWork(path, texts, encoder);
  if (work === null) return { encoded: 0, reused: 0, padding: 0 };
  const { batches, rowSize, partialPath, padding } = work;
  const steps = Array.from(batches.keys()).filter((step) => step % of === number - 1);
  const total = steps.reduce((sum, step) => sum + batches[step].length, 0);
  const partial = await openPartial(
    `${partialPath}.${number}-of-${of}.partial`,
    texts.length,
    rowSize,
    batches.length + 1,
  );
  try {
    const own = ({ done }: EncodingProgress) => observe({ done: done - (texts.length - total), total });
    return { encoded: await encodeBatches(partial, work, steps, texts, encoder, own), reused: 0, padding };
  } finally {
    partial.file.close();
  }
}

/** All that is settled before the first text is encoded. */
interface Work {
  plan: Plan;
  /** Of `plan.encoded`. */
  batches: number[][];
  hashes: string[];
  /** How the names of files begin that hold a part of the work. */
  partialPath: string;
  /** Bytes per row. */
  rowSize: number;
  padding: number;
}

/** Settles what is to be done, alike for all shares; null if the file holds it already. */
async function planWork(path: string, texts: readonly string[], encoder: BertEncoder): Promise<Work | null> {
  await finishPublication(path);
  const manifest = await readManifest(manifestPath(path));
  const before = manifest && await describes(manifest, path) ? manifest : null;
  const hashes = hashTexts(texts);
  const sameModel = before !== null && isDeepStrictEqual(before.settings, encoder.settings);
  const oldHashes = sameModel ? textHashes(before) : [];
  if (sameModel && oldHashes.join() === hashes.join()) return null;

  const plan = makePlan(hashes, oldHashes);
  const lengths = countTokensOf(path, plan.encoded, texts, encoder);
  const batches = planBatches(lengths);
  const work = JSON.stringify([encoder.settings, hashes, sameModel && before.features]);
  const key = createHash("sha256").update(work).digest("hex").slice(0, 16);
  return {
    plan,
    batches,
    hashes,
    partialPath: `${path}.${key}`,
    rowSize: encoder.width * Float32Array.BYTES_PER_ELEMENT,
    padding: paddingShare(lengths, batches),
  };
}

/** Takes over what shares of the same work have encoded. */
async function takeShards(
  partial: PartialFeatures,
  { plan, batches, partialPath, rowSize }: Work,
): Promise<void> {
  for await (const { name } of Deno.readDir(dirname(partialPath))) {
    if (!name.startsWith(`${basename(partialPath)}.`)) continue;
    if (!/^\d+-of-\d+\.partial$/.test(name.slice(basename(partialPath).length + 1))) continue;
    const path = join(dirname(partialPath), name);
    const shard = await openPartial(path, partial.rows, rowSize, batches.length + 1);
    try {
      for (const [step, batch] of batches.entries()) {
        if (!shard.done[step] || partial.done[step]) continue;
        for (const row of batch.map((i) => plan.encoded[i])) {
          await writeRows(partial, [row], await readRow(shard, row));
        }
        await finishStep(partial, step);
      }
    } finally {
      shard.file.close();
    }
  }
}

function makePlan(hashes: readonly string[], oldHashes: readonly string[]): Plan {
  const oldRows = new Map(oldHashes.map((hash, row) => [hash, row]));
  const encodedRows = new Map<string, number>();
  const plan: Plan = { encoded: [], repeated: [], kept: [] };
  hashes.forEach((hash, row) => {
    const oldRow = oldRows.get(hash), encodedRow = encodedRows.get(hash);
    if (oldRow !== undefined) plan.kept.push([row, oldRow]);
    else if (encodedRow !== undefined) plan.repeated.push([row, encodedRow]);
    else {
      encodedRows.set(hash, row);
      plan.encoded.push(row);
    }
  });
  return plan;
}

/** Only the counts are kept: all texts' tokens at once would take more memory than the texts. */
function countTokensOf(
  path: string,
  rows: readonly number[],
  texts: readonly string[],
  { tokenize }: BertEncoder,
): Int32Array {
  const least = tokenize("").length; // [CLS], [SEP] and a prefix are always there
  return Int32Array.from(rows, (row) => {
    const { length } = tokenize(texts[row]);
    if (length > least) return length;
    throw new DataError({
      where: `text of item ${row} for ${path}`,
      expected: "at least one token",
      found: JSON.stringify(texts[row].slice(0, 80)),
      advice: "Give the item a text, or leave it out of the data set.",
    });
  });
}

/**
 * Encodes those batches of some that are not done yet, and returns how many texts those had.
 *
 * @param steps the places of the batches
 */
async function encodeBatches(
  partial: PartialFeatures,
  { plan, batches }: Work,
  steps: Iterable<number>,
  texts: readonly string[],
  encoder: BertEncoder,
  observe: (progress: EncodingProgress) => void,
): Promise<number> {
  const left = Array.from(steps).filter((step) => !partial.done[step]);
  const toEncode = left.reduce((sum, step) => sum + batches[step].length, 0);
  let done = texts.length - toEncode;
  for (const step of left) {
    const batch = batches[step];
    const rows = batch.map((i) => plan.encoded[i]);
    const values = await encoder.encode(rows.map((row) => encoder.tokenize(texts[row])));
    await writeRows(partial, rows, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    await finishStep(partial, step);
    done += batch.length;
    observe({ done, total: texts.length });
  }
  return toEncode;
}

async function copyRows(partial: PartialFeatures, { repeated, kept }: Plan, oldPath: string): Promise<void> {
  for (const [row, source] of repeated) await writeRows(partial, [row], await readRow(partial, source));
  if (kept.length === 0) return;
  using old = await Deno.open(oldPath);
  const bytes = new Uint8Array(partial.rowSize);
  for (const [row, source] of kept) {
    await readAt(old, source * partial.rowSize, bytes);
    await writeRows(partial, [row], bytes);
  }
}
