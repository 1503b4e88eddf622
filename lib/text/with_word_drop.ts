import type { Domain, FeatureTable } from "../data/domain.ts";
import { encodeOffline } from "./offline_encoder.ts";
import { withFeatures } from "./with_features.ts";
import { dropWords } from "./word_drop.ts";

/** A domain with what pre-training reads of its texts. */
export type AugmentedDomain = Domain & { features: FeatureTable; wordDropped: FeatureTable | null };

/**
 * Returns the domain with text features and, if they are made here, those of the same texts with some words dropped.
 *
 * Features that the domain brings along come without word-dropped ones: null then, and pre-training drops items only.
 *
 * @throws {DataError} if the domain has neither features nor texts, or a text is empty
 */
export function withWordDrop(domain: Domain): AugmentedDomain {
  const wordDropped = domain.features || !domain.itemTexts
    ? null
    : encodeOffline(dropWords(domain.itemTexts));
  return { ...withFeatures(domain), wordDropped };
}
