import { stemmer } from "stemmer";
import type { Domain } from "../data/domain.ts";
import { DataError, ParameterError } from "../errors.ts";
import { itemsOf, type Transition } from "./transitions.ts";

/** A word (or words in a row) of the start's text, and one of the end's. */
export type KeywordPair = readonly [from: string, to: string];

/** What is searched for keywords. */
type KeywordDomain = Pick<Domain, "name" | "itemTexts">;

/**
 * Keeps the transitions from an item whose text has one keyword to an item whose text has the other.
 *
 * Whole words are compared without case by their Porter stem, so that `dog` finds `Dogs` but not `dogma`. Items that
 * have both keywords, such as a brush for dogs and cats, are neither start nor end.
 *
 * @throws {DataError} if the domain has no item texts
 * @throws {ParameterError} if a keyword has neither a letter nor a digit
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { listTransitions } from "./transitions.ts";
 * import { withKeywords } from "./transitions_by_keywords.ts";
 * import assert from "node:assert/strict";
 *
 * const texts = ["Dog leash", "Litter for cats", "Kettle"];
 * const domain = { name: "Pets", itemTexts: texts, sequences: packSequences([[0, 1], [2, 1]]) };
 * const transitions = listTransitions(domain.sequences, { ends: "every", reach: 1 });
 * assert.deepEqual(withKeywords(domain, transitions, ["dog", "cat"]), [{ user: 0, start: 0, end: 1 }]);
 * ```
 */
export function withKeywords(
  domain: KeywordDomain & Pick<Domain, "sequences">,
  transitions: readonly Transition[],
  [from, to]: KeywordPair,
): Transition[] {
  const hasFrom = itemsWithKeyword(domain, from);
  const hasTo = itemsWithKeyword(domain, to);
  return transitions.filter((transition) => {
    const [start, end] = itemsOf(domain.sequences, transition);
    return hasFrom[start] && !hasTo[start] && hasTo[end] && !hasFrom[end];
  });
}

/**
 * Says of each item whether its text has a keyword, as `withKeywords` compares them. `[items]`
 *
 * @throws {DataError} if the domain has no item texts
 * @throws {ParameterError} if the keyword has neither a letter nor a digit
 */
export function itemsWithKeyword({ name, itemTexts }: KeywordDomain, keyword: string): boolean[] {
  if (!itemTexts) {
    throw new DataError({
      where: `data set ${name}`,
      expected: "item texts to search for keywords",
      found: "none",
      advice: `Put ${name}.text into its folder, or choose a data set that has texts.`,
    });
  }
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

/** Returns the stems of a text's words, with a space before and after each. */
function stemsOf(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return ` ${words.map((word) => stemmer(word)).join(" ")} `;
}
