import type { FeatureTable } from "../data/domain.ts";
import { plainText } from "../data/reading/plain_text.ts";
import { DataError } from "../errors.ts";
import { createGenerator, integer } from "../random.ts";
import { wordsOf } from "./words.ts";

/** The name of the encoder that needs no model. */
export const offlineEncoder = "offline";

/** How much a fragment of a text counts, by its kind: whole words tell the most. */
const weights = { word: 1, wordPair: 0.5, characters: 0.25 };
const characterLengths = [3, 4];
/** Entries of a fragment's direction that are not zero (Achlioptas' sparse random signs). */
const signsPerDirection = 24;
/** The size of BERT's [CLS] entries, so that a model finds both kinds of features alike. */
const standardDeviation = 0.55;

/** How `encodeOffline` makes its vectors. */
export interface OfflineEncoderOptions {
  /** Numbers per item; 768 as in BERT-base by default. */
  width?: number;
  /** Chooses the random projection; only vectors of one seed can be compared. */
  seed?: number;
}

/**
 * Encodes texts without a language model: words, word pairs and pieces of words, weighted by TF-IDF and projected
 * by fixed random signs, so that texts with words in common get similar vectors.
 *
 * The same fragment is projected to the same direction in every call, which lets domains be compared.
 *
 * @param texts one text per item
 * @returns a table `[texts, width]`, every row with root mean square 0.55
 * @throws {DataError} if a text has neither a letter nor a digit
 * @example
 * ```ts
 * import { encodeOffline } from "./offline_encoder.ts";
 * import assert from "node:assert/strict";
 *
 * const table = encodeOffline(["red dog leash", "blue dog leash"]);
 * assert.equal(table.values.length, 2 * 768);
 * ```
 */
export function encodeOffline(
  texts: readonly string[],
  { width = 768, seed = 2022 }: OfflineEncoderOptions = {},
): FeatureTable {
  const counts = texts.map(countFragments);
  const documents = new Map<string, number>();
  for (const fragments of counts) {
    for (const fragment of fragments.keys()) documents.set(fragment, (documents.get(fragment) ?? 0) + 1);
  }

  const directions = new Map<string, Int32Array>();
  const values = new Float32Array(texts.length * width);
  counts.forEach((fragments, item) => {
    const vector = values.subarray(item * width, (item + 1) * width);
    for (const [fragment, count] of fragments) {
      let direction = directions.get(fragment);
      if (!direction) directions.set(fragment, direction = drawDirection(fragment, width, seed));
      const inverseFrequency = 1 + Math.log((1 + texts.length) / (1 + documents.get(fragment)!));
      addSigns(vector, direction, weightOf(fragment) * (1 + Math.log(count)) * inverseFrequency);
    }
    scale(vector);
  });
  return { values, rows: texts.length, width, encoder: offlineEncoder };
}

/** Counts the fragments of a text; a fragment's first character says its kind. */
function countFragments(text: string, item: number): Map<string, number> {
  const words = wordsOf(plainText(text));
  if (words.length === 0) {
    throw new DataError({
      where: `text of item ${item}`,
      expected: "at least one letter or digit",
      found: JSON.stringify(text),
      advice: "Give the item a text, or leave it out of the data set.",
    });
  }
  const counts = new Map<string, number>();
  const add = (fragment: string) => counts.set(fragment, (counts.get(fragment) ?? 0) + 1);
  words.forEach((word, i) => {
    add(`w${word}`);
    if (i > 0) add(`p${words[i - 1]} ${word}`);
    const marked = `<${word}>`;
    for (const length of characterLengths) {
      for (let start = 0; start + length <= marked.length; start++) {
        add(`c${marked.slice(start, start + length)}`);
      }
    }
  });
  return counts;
}

function weightOf(fragment: string): number {
  return fragment[0] === "w" ? weights.word : fragment[0] === "p" ? weights.wordPair : weights.characters;
}

/** Draws a fragment's signs, each as 2 × position + (0 for plus, 1 for minus). */
function drawDirection(fragment: string, width: number, seed: number): Int32Array {
  // FNV-1a: the fragment itself seeds its direction, so that it needs no dictionary
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < fragment.length; i++) hash = Math.imul(hash ^ fragment.charCodeAt(i), 0x01000193);
  const generator = createGenerator(hash);
  return Int32Array.from({ length: signsPerDirection }, () => integer(generator, 2 * width));
}

function addSigns(vector: Float32Array, direction: Int32Array, weight: number): void {
  for (const sign of direction) vector[sign >> 1] += sign & 1 ? -weight : weight;
}

function scale(vector: Float32Array): void {
  const meanSquare = vector.reduce((sum, value) => sum + value * value, 0) / vector.length;
  const factor = standardDeviation / Math.sqrt(meanSquare);
  for (let i = 0; i < vector.length; i++) vector[i] *= factor;
}
