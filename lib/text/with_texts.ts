import type { Domain, FeatureTable } from "../data/domain.ts";
import { DataError } from "../errors.ts";
import { withFeatures } from "./with_features.ts";

/** A domain whose items have texts to read and features to compare. */
export type TextDomain = Domain & { itemTexts: string[]; features: FeatureTable };

/**
 * Returns the domain with item texts and text features, the latter made of the texts where it has none.
 *
 * @throws {DataError} if the domain has no item texts
 * @example
 * ```ts
 * import { makeSample } from "../data/sample/sample.ts";
 * import { withTexts } from "./with_texts.ts";
 * import assert from "node:assert/strict";
 *
 * const { itemTexts, features } = withTexts(makeSample().targets[0]);
 * assert.equal(itemTexts.length, features.rows);
 * ```
 */
export function withTexts(domain: Domain): TextDomain {
  const { name, itemTexts } = domain;
  if (itemTexts) {
    const encoded = withFeatures(domain);
    return { ...encoded, itemTexts: encoded.itemTexts! };
  }
  throw new DataError({
    where: `data set ${name}`,
    expected: "item texts",
    found: "none",
    advice: `Put ${name}.text into its folder, or choose a data set that has texts.`,
  });
}
