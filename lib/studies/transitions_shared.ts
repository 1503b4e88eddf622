import { checkPositiveInteger } from "../checks.ts";
import { DataError, ParameterError } from "../errors.ts";
import { commonWhitening } from "../text/geometry/common_whitening.ts";
import { checkOneEncoder } from "../text/one_encoder.ts";
import type { TextDomain } from "../text/with_texts.ts";
import { listTransitions } from "./transitions.ts";
import { itemsWithKeyword, type KeywordPair, withKeywords } from "./transitions_by_keywords.ts";
import { likeness, type MatchedTransitions, matchTransitions } from "./transitions_by_vectors.ts";

/** A transition in a source and one in the target that mean much the same. */
export interface SharedTransition extends MatchedTransitions {
  /** Where the source's transition is. */
  domain: TextDomain;
}

/** What is searched for. */
export interface SharedTransitionOptions {
  /** A word of the start's text and one of the end's; null takes any transition. */
  keywords: KeywordPair | null;
  /** How many positions the end may be after the start. */
  reach: number;
  /** How many are wanted, at most. */
  count: number;
  seed: number;
}

/** Directions kept of the whitened features: in the others texts differ by details, such as sizes and brands. */
const directions = 64;

/**
 * Finds transitions that users of a target share with users of sources, as in Figure 5 of the paper, most alike first.
 *
 * The target's ends with the user's test item, so that models can be asked for it. Keywords only narrow the search
 * down; what is alike is decided by the text features, whitened in common (see `matchTransitions`). Neither looks at
 * what a model recommends.
 *
 * @throws {DataError} if there is no source, or the features are not of one width and encoder
 * @throws {ParameterError} if `count` or `reach` is not a positive integer, or there is no such transition, for
 *   example as no item has a keyword
 */
export function findSharedTransitions(
  sources: readonly TextDomain[],
  target: TextDomain,
  { keywords, reach, count, seed }: SharedTransitionOptions,
): SharedTransition[] {
  checkSources(sources, target);
  checkPositiveInteger("cases", count, "It is how many shared transitions are wanted, at most.");
  const whiten = commonWhitening(
    [...sources, target].map(({ features }) => features),
    Math.min(directions, target.features.width),
  );
  const side = (domain: TextDomain, ends: "every" | "test") => {
    const { sequences } = domain;
    const all = listTransitions(sequences, { ends, reach });
    const transitions = keywords ? withKeywords(domain, all, keywords) : all;
    return { domain, sequences, vectors: whiten(domain.features), transitions };
  };
  const wanted = side(target, "test");
  const searched = sources.map((source) => side(source, "every"));
  const sides = searched.filter(({ transitions }) => transitions.length > 0);
  if (sides.length === 0) throw nothingFound(sources, keywords, reach);
  if (wanted.transitions.length === 0) throw nothingFound([target], keywords, reach);
  const found = sides
    .flatMap(({ domain, ...source }) =>
      matchTransitions(source, wanted, { count, seed }).map((match) => ({ ...match, domain }))
    )
    .sort((one, other) => likeness(other) - likeness(one))
    .filter(({ target }, at, all) => all.findIndex((match) => match.target === target) === at)
    .slice(0, count);
  if (found.length === 0) throw nothingFound([...sources, target], keywords, reach);
  return found;
}

function checkSources(sources: readonly TextDomain[], target: TextDomain): void {
  if (sources.length === 0) {
    throw new DataError({
      where: "sources",
      expected: "a domain that has item texts",
      found: "none",
      advice: "Choose a source with texts, such as Games or Scientific.",
    });
  }
  checkOneEncoder([...sources, target]);
}

function nothingFound(domains: readonly TextDomain[], keywords: KeywordPair | null, reach: number) {
  const searched = domains.map((domain) => {
    const items = `${domain.name} with ${domain.itemIds.length} items`;
    const counts = keywords?.map((keyword) =>
      `${itemsWithKeyword(domain.itemTexts, keyword).filter(Boolean).length} with ${JSON.stringify(keyword)}`
    );
    return counts ? `${items}, ${counts.join(" and ")}` : items;
  });
  return new ParameterError({
    where: "keywords",
    expected: `a user who goes from ${keywords?.join(" to ") ?? "one item to another"} within ${reach} items`,
    found: `none in ${searched.join("; ")}`,
    advice: "Choose other keywords, search without any (notebook 9: keywords=[]), or allow a longer reach.",
  });
}
