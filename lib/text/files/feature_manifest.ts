import { createHash } from "node:crypto";
import { exists } from "../../data/files.ts";
import type { EncoderSettings } from "../encoder/encoder.ts";
import { hashFile } from "./hash_file.ts";
import type { ModelName } from "../encoder/model_folder.ts";

/** Says how the feature file beside it was made, so that a changed text or model is noticed. */
export interface FeatureManifest {
  origin: ModelName;
  settings: EncoderSettings;
  rows: number;
  width: number;
  /** The texts' hashes, end to end. */
  texts: string;
  /** SHA-256 of the feature file. */
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
  const { pooling, tokenLimit, tokenizer, weights } = settings;
  const hash = createHash("sha256").update(JSON.stringify([pooling, tokenLimit, tokenizer, weights])).digest(
    "hex",
  );
  return `language model ${hash.slice(0, 12)}`;
}

/**
 * Reads a manifest, or returns null if there is none that describes the feature file as it is.
 *
 * Null means that all texts have to be encoded, which is right for a damaged manifest or file, too.
 */
export async function readManifest(path: string, featurePath: string): Promise<FeatureManifest | null> {
  let manifest: FeatureManifest;
  try {
    manifest = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
  return await exists(featurePath) && await hashFile(featurePath) === manifest.features ? manifest : null;
}
