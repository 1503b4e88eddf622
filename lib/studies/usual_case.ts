import { datasetNames, type ProfileOptions } from "../data/profile.ts";
import type { KeywordPair } from "./transitions_by_keywords.ts";

/** Where a case study looks if nothing is said. */
export interface UsualCase {
  /** The target; null for the profile's first. */
  dataset: string | null;
  /** Null for the profile's own; a profile without sources has Games, where that is at hand. */
  sourceNames: string[] | null;
  keywords: KeywordPair | null;
}

/**
 * Returns where a case study looks if nothing is said: on `sample` for dogs and cats, as in the paper, elsewhere by
 * likeness alone.
 */
export async function usualCase(profile: string, options: ProfileOptions = {}): Promise<UsualCase> {
  if (profile === "sample") return { dataset: "Market", sourceNames: null, keywords: ["dog", "cat"] };
  const usual = profile === "Games" ? "Scientific" : "Games";
  const known = await datasetNames(options);
  return { dataset: null, sourceNames: known.filter((name) => name === usual), keywords: null };
}
