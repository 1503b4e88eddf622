import type { Domain, FeatureTable } from "../data/domain.ts";
import { commonWhitening } from "../text/geometry/common_whitening.ts";
import { withFeatures } from "../text/with_features.ts";
import type { TransferVariant } from "./transfer.ts";

/** Returns the variants of Figure 2: pre-trained on nothing, on each source alone, and on all together. */
export function pretrainingVariants(
  sources: readonly Domain[],
  targets: readonly Domain[],
): TransferVariant[] {
  return [
    { name: "None", sources: [], targets },
    ...sources.map((source) => ({ name: source.name, sources: [source], targets })),
    ...(sources.length > 1 ? [{ name: "All", sources, targets }] : []),
  ];
}

/**
 * Returns the variants of Figure 3: UniSRec, each of its parts taken away in turn, and two of our own, features that are
 * whitened beforehand and a gate without noise.
 *
 * @param whiteningSize k of Whitening-k
 */
export function ablationVariants(
  sources: readonly Domain[],
  targets: readonly Domain[],
  whiteningSize: number,
): TransferVariant[] {
  const whole = { sources, targets };
  return [
    { name: "UniSRec", ...whole },
    { name: "w/o PW", ...whole, sizes: { whitening: "linear" } },
    { name: "w/o MoE", ...whole, sizes: { experts: 1 } },
    { name: "w/o S-I", ...whole, tasks: { sequenceItem: 0 } },
    { name: "w/o S-S", ...whole, tasks: { sequenceSequence: 0 } },
    {
      name: `Whitening-${whiteningSize}`,
      ...whitenedInCommon(sources, targets, whiteningSize),
      sizes: { experts: 1, whitening: "linear" },
    },
    { name: "exact gate", ...whole, sizes: { gateNoise: false } },
  ];
}

/** Whitens the features of all domains, with and without words dropped, as those of one table. */
function whitenedInCommon(sources: readonly Domain[], targets: readonly Domain[], size: number) {
  const [from, to] = [sources, targets].map((domains) => domains.map(withFeatures));
  const whitened = commonWhitening([...from, ...to].map(({ features }) => features), size);
  const change = (domain: Domain & { features: FeatureTable }): Domain => ({
    ...domain,
    features: whitened(domain.features),
    wordDropped: domain.wordDropped && whitened(domain.wordDropped),
  });
  return { sources: from.map(change), targets: to.map(change) };
}
