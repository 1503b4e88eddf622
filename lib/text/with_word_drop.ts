import type { Domain, FeatureTable } from "../data/domain.ts";
import { encodeOffline } from "./offline_encoder.ts";
import { withFeatures } from "./with_features.ts";
import { dropWords } from "./word_drop.ts";

/** A domain with what pre-training reads of its texts. */
export type AugmentedDomain = Domain & { features: FeatureTable; wordDropped: FeatureTable | null };

/**
 * Returns the domain with text features and those of the same texts with some words dropped.
 *
 * Where the domain brings features along, but no word-dropped ones, these are null: pre-training then drops items only.
 *
 * @throws {DataError} if the domain has neither features nor texts, or a text is empty
 */
export function withWordDrop(domain: Domain): AugmentedDomain {
  if (domain.features) return { ...withFeatures(domain), wordDropped: domain.wordDropped ?? null };
  const encoded = withFeatures(domain); // items that cannot be encoded are no longer in it
  return { ...encoded, wordDropped: encoded.itemTexts && encodeOffline(dropWords(encoded.itemTexts)) };
}
