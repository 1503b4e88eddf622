import { checkOneOf } from "../checks.ts";
import type { Domain, FeatureTable } from "../data/domain.ts";
import { frozenEncoder } from "../systems/unisrec/system.ts";
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

/**
 * Returns the first variant and those of the others that are wanted, in their order.
 *
 * @param names null for all
 * @throws {ParameterError} if there is none of a name
 */
export function chooseVariants(
  [whole, ...others]: readonly TransferVariant[],
  names: readonly string[] | null,
): TransferVariant[] {
  const known = others.map(({ name }) => name);
  for (const name of names ?? []) {
    checkOneOf("variantNames", name, known, "Write the name as the figure has it.");
  }
  return [whole, ...others.filter(({ name }) => names?.includes(name) ?? true)];
}

/** What can be turned to see what it is about pre-training that helps, or hurts. */
export const controlNames = [
  "from scratch",
  "untrained encoder, frozen",
  "nothing frozen",
  "adaptor frozen too",
  "other dropout",
  "a mask for each expert",
  "scattered prefixes",
] as const;

/**
 * Returns controls: UniSRec, and what differs from it in one thing that is not in the paper's ablation.
 *
 * @param names of those that are wanted, in any order
 * @param dropout that of all others, where "other dropout" is .2 for .5 and .5 for any other
 * @returns the whole model, then those wanted
 * @throws {ParameterError} if there is none of a name
 */
export function controlVariants(
  sources: readonly Domain[],
  targets: readonly Domain[],
  names: readonly string[],
  dropout: number,
): TransferVariant[] {
  for (const name of names) checkOneOf("controls", name, controlNames, "Name those that are to be trained.");
  const whole = { sources, targets };
  const scratch = { sources: [], targets };
  const differences: Record<typeof controlNames[number], Omit<TransferVariant, "name">> = {
    "from scratch": scratch,
    "untrained encoder, frozen": { ...scratch, frozen: frozenEncoder },
    "nothing frozen": { ...whole, frozen: [] },
    "adaptor frozen too": { ...whole, frozen: [...frozenEncoder, "adaptor."] },
    "other dropout": { ...whole, sizes: { dropout: dropout === 0.5 ? 0.2 : 0.5 } },
    "a mask for each expert": { ...whole, sizes: { adaptorMasks: "each" } },
    "scattered prefixes": { ...whole, tasks: { instances: "prefix" } },
  };
  const wanted = controlNames.filter((name) => names.includes(name));
  return [{ name: "UniSRec", ...whole }, ...wanted.map((name) => ({ name, ...differences[name] }))];
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
