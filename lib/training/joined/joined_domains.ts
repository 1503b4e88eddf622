import type { Domain, FeatureTable } from "../../data/domain.ts";
import { DataError } from "../../errors.ts";
import { checkOneEncoder } from "../../text/one_encoder.ts";
import { refuseZeroRows } from "../../text/zero_rows.ts";
import { domainOf, highestItem, type JoinedItems, joinItems } from "./joined_items.ts";

/** A domain whose items have text features. */
export interface FeaturedDomain extends Pick<Domain, "name" | "sequences" | "features"> {
  /** Features of the same items' texts with some words left out, for word drop; item drop alone without them. */
  wordDropped?: FeatureTable | null;
}

/** A domain to pre-train on; what is read of its items, IDs, texts or features, depends on the model. */
export type SourceDomain = FeaturedDomain & Pick<Domain, "itemIds" | "itemTexts">;

/** Several domains as one, with text features that stay in their own tables. */
export interface JoinedDomains extends JoinedItems {
  features: FeatureTable[];
  /** Null unless every domain has them. */
  wordDropped: FeatureTable[] | null;
  /** Numbers per feature vector. */
  featureSize: number;
  /** What made the features of the texts; undefined where it is not known. */
  encoder: string | undefined;
}

/**
 * Joins domains for pre-training, without copying their features.
 *
 * @throws {ParameterError} if there is no domain, or two of one name
 * @throws {DataError} if a domain has no features, or two domains' features are of different widths or encoders
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { joinDomains } from "./joined_domains.ts";
 * import assert from "node:assert/strict";
 *
 * const features = { values: Float32Array.of(1, 2, 3), rows: 3, width: 1 };
 * const joined = joinDomains([
 *   { name: "Games", sequences: packSequences([[0, 2, 1]]), features },
 *   { name: "Pantry", sequences: packSequences([[1, 0]]), features },
 * ]);
 * assert.deepEqual([...joined.sequences.items], [0, 2, 1, 4, 3]);
 * ```
 */
export function joinDomains(domains: readonly FeaturedDomain[]): JoinedDomains {
  const features = domains.map(featuresOf);
  checkOneEncoder(domains);
  const dropped = domains.map((domain) => domain.wordDropped ?? null);
  const wordDropped = dropped.every((table) => table !== null) ? dropped : null;
  wordDropped?.forEach((table, i) => checkWordDropped(domains[i].name, table, features[i]));
  return {
    ...joinItems(domains, features.map(({ rows }) => rows)),
    features,
    wordDropped,
    featureSize: features[0].width,
    encoder: features.find(({ encoder }) => encoder !== undefined)?.encoder,
  };
}

/**
 * Copies the feature vectors of items, wherever their tables are.
 *
 * @param tables of each domain
 * @param items numbered through
 * @param into row by row; item `items[i]` goes to row `firstRow + i`
 */
export function gatherFeatures(
  { firstItems, featureSize }: JoinedDomains,
  tables: readonly FeatureTable[],
  items: ArrayLike<number>,
  into: Float32Array,
  firstRow: number,
): void {
  for (let i = 0; i < items.length; i++) {
    const domain = domainOf(firstItems, items[i]);
    const from = (items[i] - firstItems[domain]) * featureSize;
    into.set(tables[domain].values.subarray(from, from + featureSize), (firstRow + i) * featureSize);
  }
}

function featuresOf({ name, sequences, features }: FeaturedDomain): FeatureTable {
  const highest = highestItem(sequences);
  if (!features || highest >= features.rows) {
    throw new DataError({
      where: `text features of ${name}`,
      expected: `a row for each of the items, at least ${highest + 1}`,
      found: features ? `${features.rows} rows` : "no features",
      advice: "Encode the item texts first, for example with withFeatures.",
    });
  }
  refuseZeroRows({ name, features });
  return features;
}

function checkWordDropped(name: string, table: FeatureTable, { rows, width }: FeatureTable) {
  if (table.rows === rows && table.width === width) return;
  throw new DataError({
    where: `word-dropped features of ${name}`,
    expected: `${rows} rows of ${width} numbers, as its features have`,
    found: `${table.rows} rows of ${table.width}`,
    advice: "Encode the same texts with the same encoder, after word drop.",
  });
}
