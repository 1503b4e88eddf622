import type { Domain, FeatureTable } from "../data/domain.ts";
import { withoutSilentItems } from "../data/without_items.ts";
import { DataError } from "../errors.ts";
import { encodeOffline } from "./offline_encoder.ts";

/**
 * Returns the domain with text features: its own where it has them, else its texts encoded offline.
 *
 * Items whose text has neither a letter nor a digit are then left out, and how many is printed.
 *
 * @throws {DataError} if the domain has neither features nor texts, or no text that says something
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
  const telling = withoutSilentItems(domain);
  checkAny(domain, telling.itemTexts!);
  return { ...telling, features: encodeOffline(telling.itemTexts!) };
}

function checkAny({ name, itemTexts }: Domain, left: readonly string[]): void {
  if (left.length > 0) return;
  throw new DataError({
    where: `item texts of ${name}`,
    expected: "at least one letter or digit",
    found: JSON.stringify(itemTexts?.[0] ?? ""),
    advice: "Give the items texts.",
  });
}
