import { createHash } from "node:crypto";
import * as v from "valibot";
import { matchesChecksum } from "../../checksum.ts";
import { exists } from "../../data/files.ts";
import { DataError } from "../../errors.ts";
import { exactly, parseJson, type Schema, wholeNumber } from "../../schema.ts";
import type { EncoderSettings } from "../encoder/encoder.ts";
import { type ModelName, precisions } from "../encoder/model_folder.ts";
import { type Pooling, poolings } from "../encoder/pooling.ts";

/** Says how the feature file beside it was made, so that a changed text or model is noticed. */
export interface FeatureManifest {
  origin: ModelName;
  settings: EncoderSettings;
  rows: number;
  width: number;
  /** The texts' hashes, end to end. */
  texts: string;
  /** CRC-32 of the feature file. */
  features: string;
}

/** Characters of a text's hash: 96 bits, so that two of any number of texts hardly ever share one. */
const hashLength = 16;

/** Returns where the manifest of a feature file is. */
export function manifestPath(featurePath: string): string {
  return `${featurePath}.json`;
}

/** Hashes texts, each by itself. `[texts]` */
export function hashTexts(texts: readonly string[]): string[] {
  return texts.map((text) => createHash("sha256").update(text).digest("base64").slice(0, hashLength));
}

/** Returns the hashes that a manifest holds. `[rows]` */
export function textHashes({ texts, rows }: FeatureManifest): string[] {
  return Array.from({ length: rows }, (_, row) => texts.slice(row * hashLength, (row + 1) * hashLength));
}

/** Names what made a feature file, by its settings: the same model has the same name wherever it lies. */
export function encoderName({ settings }: FeatureManifest): string {
  const { pooling, tokenLimit, tokenizer, weights, prefix, normalised } = settings;
  const parts = [
    pooling,
    tokenLimit,
    tokenizer,
    weights,
    ...prefix || normalised ? [prefix ?? "", !!normalised] : [],
  ];
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return `language model ${hash.slice(0, 12)}`;
}

/** What a manifest must hold. */
const manifestSchema: Schema<FeatureManifest> = exactly({
  origin: exactly({ model: v.string(), revision: v.string(), dtype: v.picklist(precisions) }),
  settings: exactly({
    pooling: v.picklist(Object.keys(poolings) as Pooling[]),
    tokenLimit: wholeNumber(1),
    prefix: v.optional(v.string()),
    normalised: v.optional(v.literal(true)),
    tokenizer: v.string(),
    weights: v.string(),
  }),
  rows: wholeNumber(),
  width: wholeNumber(1),
  texts: v.string(),
  features: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{8}|[0-9a-f]{64})$/, "8 or 64 hexadecimal digits")),
});

/**
 * Reads a manifest, or returns null if there is none.
 *
 * @throws {DataError} if it is damaged
 */
export async function readManifest(path: string): Promise<FeatureManifest | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const advice = "Remove it: the texts are then encoded again.";
  const manifest = parseJson(manifestSchema, text, path, advice);
  const { rows, texts } = manifest;
  if (texts.length === rows * hashLength) return manifest;
  const expected = `${hashLength} characters for each of ${rows} rows`;
  throw new DataError({ where: `${path}, texts`, expected, found: String(texts.length), advice });
}

/** Tells whether a feature file, given by its path, is what a manifest describes. */
export async function describes(manifest: FeatureManifest, featurePath: string): Promise<boolean> {
  return await exists(featurePath) && isDescribed(await Deno.readFile(featurePath), manifest);
}

/** Tells whether a feature file's bytes are what a manifest describes; older manifests hold a SHA-256. */
export function isDescribed(bytes: Uint8Array, { features, rows, width }: FeatureManifest): boolean {
  if (bytes.length !== rows * width * Float32Array.BYTES_PER_ELEMENT) return false;
  return matchesChecksum(bytes, features);
}
