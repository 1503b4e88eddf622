import { createHash } from "node:crypto";
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
  await finishPublication(path);
  const manifest = await readManifest(manifestPath(path));
  const before = manifest && await describes(manifest, path) ? manifest : null;
  const hashes = hashTexts(texts);
  const sameModel = before !== null && isDeepStrictEqual(before.settings, encoder.settings);
  const oldHashes = sameModel ? textHashes(before) : [];
  if (sameModel && oldHashes.join() === hashes.join()) {
    return { encoded: 0, reused: texts.length, padding: 0 };
  }

  const plan = makePlan(hashes, oldHashes);
  const lengths = countTokensOf(path, plan.encoded, texts, encoder);
  const batches = planBatches(lengths);
  const work = JSON.stringify([encoder.settings, hashes, sameModel && before.features]);
  const key = createHash("sha256").update(work).digest("hex").slice(0, 16);
  const rowSize = encoder.width * Float32Array.BYTES_PER_ELEMENT;
  // the step after the batches copies rows
  const partial = await openPartial(`${path}.${key}.partial`, texts.length, rowSize, batches.length + 1);
  let encoded: number;
  try {
    encoded = await encodeBatches(partial, plan, batches, texts, encoder, observe);
    if (!partial.done[batches.length]) {
      await copyRows(partial, plan, path);
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
    texts: hashes.join(""),
  });
  return { encoded, reused: texts.length - encoded, padding: paddingShare(lengths, batches) };
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

/** Encodes the batches that are not done yet, and returns how many texts those had. */
async function encodeBatches(
  partial: PartialFeatures,
  plan: Plan,
  batches: readonly number[][],
  texts: readonly string[],
  encoder: BertEncoder,
  observe: (progress: EncodingProgress) => void,
): Promise<number> {
  const left = batches.filter((_, step) => !partial.done[step]);
  const toEncode = left.reduce((sum, batch) => sum + batch.length, 0);
  let done = texts.length - toEncode;
  for (const [step, batch] of batches.entries()) {
    if (partial.done[step]) continue;
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
