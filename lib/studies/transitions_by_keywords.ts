import { stemmer } from "stemmer";
import { ParameterError } from "../errors.ts";
import type { TextDomain } from "../text/with_texts.ts";
import { itemsOf, type Transition } from "./transitions.ts";

/** A word (or words in a row) of the start's text, and one of the end's. */
export type KeywordPair = readonly [from: string, to: string];

/**
 * Keeps the transitions from an item whose text has one keyword to an item whose text has the other.
 *
 * Whole words are compared without case by their Porter stem, so that `dog` finds `Dogs` but not `dogma`. Items that
 * have both keywords, such as a brush for dogs and cats, are neither start nor end.
 *
 * @throws {ParameterError} if there are not two keywords, or one has neither a letter nor a digit
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { listTransitions } from "./transitions.ts";
 * import { withKeywords } from "./transitions_by_keywords.ts";
 * import assert from "node:assert/strict";
 *
 * const texts = ["Dog leash", "Litter for cats", "Kettle"];
 * const domain = { itemTexts: texts, sequences: packSequences([[0, 1], [2, 1]]) };
 * const transitions = listTransitions(domain.sequences, { ends: "every", reach: 1 });
 * assert.deepEqual(withKeywords(domain, transitions, ["dog", "cat"]), [{ user: 0, start: 0, end: 1 }]);
 * ```
 */
export function withKeywords(
  { itemTexts, sequences }: Pick<TextDomain, "itemTexts" | "sequences">,
  transitions: readonly Transition[],
  keywords: KeywordPair,
): Transition[] {
  checkPair(keywords);
  const [from, to] = keywords;
  const hasFrom = itemsWithKeyword(itemTexts, from);
  const hasTo = itemsWithKeyword(itemTexts, to);
  return transitions.filter((transition) => {
    const [start, end] = itemsOf(sequences, transition);
    return hasFrom[start] && !hasTo[start] && hasTo[end] && !hasFrom[end];
  });
}

/**
 * Says of each text whether it has a keyword, as `withKeywords` compares them. `[items]`
 *
 * @throws {ParameterError} if the keyword has neither a letter nor a digit
 */
export function itemsWithKeyword(itemTexts: readonly string[], keyword: string): boolean[] {
  const wanted = stemsOf(keyword);
  if (wanted.trim() === "") {
    throw new ParameterError({
      where: "keywords",
      expected: "words",
      found: JSON.stringify(keyword),
      advice: 'Use for example ["dog", "cat"].',
    });
  }
  return itemTexts.map((text) => stemsOf(text).includes(wanted));
}

/** Checks the keywords' number: a notebook's parameters can be anything. */
function checkPair(keywords: unknown): void {
  const isPair = Array.isArray(keywords) && keywords.length === 2 &&
    keywords.every((keyword) => typeof keyword === "string");
  if (isPair) return;
  throw new ParameterError({
    where: "keywords",
    expected: "a word of the start's text and one of the end's",
    found: JSON.stringify(keywords),
    advice: 'Use for example ["dog", "cat"].',
  });
}

/** Returns the stems of a text's words, with a space before and after each. */
function stemsOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.map((word) => stemmer(word)).join(" ")} `;
}
