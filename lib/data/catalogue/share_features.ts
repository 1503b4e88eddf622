import type { Domain, FeatureTable } from "../domain.ts";

/**
 * Returns the domain of a catalogue with its items' features, which come first in those of the whole catalogue.
 *
 * @param features one row for each item of the whole catalogue
 */
export function shareFeatures(domain: Domain, features: FeatureTable): Domain & { features: FeatureTable } {
  const rows = domain.itemIds.length;
  return {
    ...domain,
    features: { ...features, rows, values: features.values.subarray(0, rows * features.width) },
  };
}
