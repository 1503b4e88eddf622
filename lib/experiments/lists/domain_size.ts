import type { KeptDomain } from "../../files/domain_file.ts";

/** Estimates the bytes that a domain takes in memory; of texts, two for each letter and 40 for each text. */
export function sizeOfDomain(domain: KeptDomain): number {
  const { itemIds, itemTexts, userIds = [], sequences, features, wordDropped } = domain;
  const ofTexts = (texts: readonly string[] | null) =>
    (texts ?? []).reduce((sum, text) => sum + 40 + 2 * text.length, 0);
  return ofTexts(itemIds) + ofTexts(itemTexts) + ofTexts(userIds) +
    sequences.items.byteLength + sequences.offsets.byteLength +
    (features?.values.byteLength ?? 0) + (wordDropped?.values.byteLength ?? 0);
}
