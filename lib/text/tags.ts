import { stemmer } from "stemmer";
import { eng } from "stopword";
import { wordsOf } from "./words.ts";

/** Words that describe items, and which items they describe. */
export interface Tags {
  /** The words' stems. */
  words: string[];
  /** `items[domain][tag]`: the items of a domain that have a tag, none in some domains but some in two at least. */
  items: Int32Array[][];
}

/** In how many texts of a domain a word must stand: what is said of fewer items is rather a name than a kind. */
const leastItems = 3;

const stopWords: ReadonlySet<string> = new Set(eng as string[]);

/**
 * Finds tags that domains share: of the words that stand in several domains, each text's highest by TF-IDF.
 *
 * All texts of all domains are the documents that a word's frequency is held against. Words are compared by their Porter
 * stem; stop words, numbers and single letters are no tags.
 *
 * @param texts by domain; null for a domain without texts, which has no tags
 * @param perItem how many tags an item has at most
 * @example
 * ```ts
 * import { findTags } from "./tags.ts";
 * import assert from "node:assert/strict";
 *
 * const games = ["Guitar for the console", "Guitars", "A red guitar", "Chess"];
 * const shop = ["Guitar strings", "Chess", "Steel guitar", "Guitar case"];
 * const { words, items } = findTags([games, shop, null]);
 * assert.deepEqual(words, ["guitar"]); // chess stands in too few texts
 * assert.deepEqual(items.map(([guitar]) => [...guitar]), [[0, 1, 2], [0, 2, 3], []]);
 * ```
 */
export function findTags(texts: readonly (readonly string[] | null)[], perItem = 5): Tags {
  const stems = texts.map((list) => (list ?? []).map(stemsOf));
  const idf = inverseFrequencies(stems);
  const itemsByTag = new Map<string, number[][]>();
  stems.forEach((list, domain) =>
    list.forEach((text, item) => {
      for (const tag of highest(text, idf, perItem)) {
        if (!itemsByTag.has(tag)) itemsByTag.set(tag, stems.map(() => []));
        itemsByTag.get(tag)![domain].push(item);
      }
    })
  );
  const shared = [...itemsByTag].filter(([, items]) => items.filter(({ length }) => length > 0).length >= 2);
  return {
    words: shared.map(([word]) => word),
    items: texts.map((_, domain) => shared.map(([, items]) => Int32Array.from(items[domain]))),
  };
}

/** Returns the stems of a text's telling words, in their order. */
function stemsOf(text: string): string[] {
  const telling = wordsOf(text).filter((word) =>
    /^\p{L}[\p{L}\p{M}\p{N}]/u.test(word) && !stopWords.has(word)
  );
  return telling.map((word) => stemmer(word));
}

/** Returns log (texts / texts with the word) of the words that stand in enough texts of two domains, but not in all. */
function inverseFrequencies(stems: readonly (readonly string[][])[]): Map<string, number> {
  const counts = new Map<string, number[]>();
  stems.forEach((list, domain) =>
    list.forEach((text) => {
      for (const word of new Set(text)) {
        if (!counts.has(word)) counts.set(word, stems.map(() => 0));
        counts.get(word)![domain]++;
      }
    })
  );
  const texts = stems.reduce((sum, list) => sum + list.length, 0);
  const idf = new Map<string, number>();
  for (const [word, byDomain] of counts) {
    if (byDomain.filter((count) => count >= leastItems).length < 2) continue;
    const having = byDomain.reduce((sum, count) => sum + count);
    if (having < texts) idf.set(word, Math.log(texts / having));
  }
  return idf;
}

/** Returns the words of a text that have the highest TF-IDF, the first ones of equals. */
function highest(text: readonly string[], idf: ReadonlyMap<string, number>, count: number): string[] {
  const scores = new Map<string, number>();
  for (const word of text) {
    if (idf.has(word)) scores.set(word, (scores.get(word) ?? 0) + idf.get(word)!);
  }
  return [...scores].sort(([, a], [, b]) => b - a).slice(0, count).map(([word]) => word);
}
