import type { Domain, FeatureTable } from "../data/domain.ts";
import { saysSomething } from "../data/says_something.ts";
import { DataError } from "../errors.ts";
import { encodeOffline } from "./offline_encoder.ts";

/**
 * Returns the domain with text features: its own where it has them, else its texts encoded offline.
 *
 * @throws {DataError} if the domain has neither features nor texts, or a text has neither a letter nor a digit
 * @example
 * ```ts
 * import { makeSample } from "../data/sample/sample.ts";
 * import { withFeatures } from "./with_features.ts";
 * import assert from "node:assert/strict";
 *
 * const domain = withFeatures(makeSample().targets[0]);
 * assert.equal(domain.features?.rows, domain.itemIds.length);
 * ```
 */
export function withFeatures(domain: Domain): Domain & { features: FeatureTable } {
  if (domain.features) return { ...domain, features: domain.features };
  if (!domain.itemTexts) {
    throw new DataError({
      where: `data set ${domain.name}`,
      expected: "item texts or text features",
      found: "neither",
      advice: `Put ${domain.name}.text or ${domain.name}.feat1CLS into its folder.`,
    });
  }
  checkTexts(domain, domain.itemTexts);
  return { ...domain, features: encodeOffline(domain.itemTexts) };
}

/** Checks that every text says something; the encoder does so too, but does not know whose text it is. */
function checkTexts({ name, itemIds }: Domain, itemTexts: readonly string[]): void {
  const item = itemTexts.findIndex((text) => !saysSomething(text));
  if (item < 0) return;
  throw new DataError({
    where: `text of item ${itemIds[item]} of ${name}`,
    expected: "at least one letter or digit",
    found: JSON.stringify(itemTexts[item]),
    advice: "Give the item a text, or leave it out of the data set.",
  });
}
