import { type Domain, type FeatureTable, type Sequences, userCount } from "../data/domain.ts";
import { DataError, ParameterError } from "../errors.ts";

/** A domain to pre-train on. */
export interface SourceDomain extends Pick<Domain, "name" | "sequences" | "features"> {
  /** Features of the same items' texts with some words left out, for word drop; item drop alone without them. */
  wordDropped?: FeatureTable | null;
}

/**
 * Several domains as one: items and users are numbered through, the first domain's first.
 *
 * The features stay in their own tables.
 */
export interface JoinedDomains {
  names: string[];
  sequences: Sequences;
  /** Where each domain's items start; one entry more than there are domains. */
  firstItems: number[];
  /** Where each domain's users start; one entry more than there are domains. */
  firstUsers: number[];
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
 * import { packSequences } from "../data/domain.ts";
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
export function joinDomains(domains: readonly SourceDomain[]): JoinedDomains {
  checkNames(domains);
  const features = domains.map(featuresOf);
  checkAlike(domains, features);
  const dropped = domains.map((domain) => domain.wordDropped ?? null);
  const wordDropped = dropped.every((table) => table !== null) ? dropped : null;
  wordDropped?.forEach((table, i) => checkWordDropped(domains[i].name, table, features[i]));
  return {
    names: domains.map(({ name }) => name),
    sequences: joinSequences(domains, features),
    firstItems: starts(features.map(({ rows }) => rows)),
    firstUsers: starts(domains.map(({ sequences }) => userCount(sequences))),
    features,
    wordDropped,
    featureSize: features[0].width,
    encoder: features[0].encoder,
  };
}

/** Returns the domain that number `index` falls into, by where the domains start. */
export function domainOf(starts: readonly number[], index: number): number {
  let domain = 0;
  while (index >= starts[domain + 1]) domain++;
  return domain;
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

function starts(sizes: number[]): number[] {
  const sums = [0];
  for (const size of sizes) sums.push(sums.at(-1)! + size);
  return sums;
}

function joinSequences(domains: readonly SourceDomain[], features: FeatureTable[]): Sequences {
  const interactions = starts(domains.map(({ sequences }) => sequences.items.length));
  const users = starts(domains.map(({ sequences }) => userCount(sequences)));
  const firstItems = starts(features.map(({ rows }) => rows));
  const items = new Int32Array(interactions.at(-1)!);
  const offsets = new Int32Array(users.at(-1)! + 1);
  domains.forEach(({ sequences }, i) => {
    items.set(sequences.items.map((item) => firstItems[i] + item), interactions[i]);
    offsets.set(sequences.offsets.map((offset) => interactions[i] + offset), users[i]);
  });
  return { items, offsets };
}

function checkNames(domains: readonly SourceDomain[]) {
  const names = domains.map(({ name }) => name);
  if (names.length > 0 && new Set(names).size === names.length) return;
  throw new ParameterError({
    where: "domains to pre-train on",
    expected: "one or more, each with a name of its own",
    found: names.length === 0 ? "none" : names.join(", "),
    advice: "Name one source or more, each once.",
  });
}

function featuresOf({ name, sequences, features }: SourceDomain): FeatureTable {
  const highest = sequences.items.reduce((most, item) => Math.max(most, item), -1);
  if (!features || highest >= features.rows) {
    throw new DataError({
      where: `text features of ${name}`,
      expected: `a row for each of the items, at least ${highest + 1}`,
      found: features ? `${features.rows} rows` : "no features",
      advice: "Encode the item texts first, for example with withFeatures.",
    });
  }
  for (let row = 0; row < features.rows; row++) {
    if (features.values.subarray(row * features.width, (row + 1) * features.width).some((x) => x !== 0)) {
      continue;
    }
    throw new DataError({
      where: `text features of ${name}, row ${row}`,
      expected: "a vector with a direction",
      found: "zeros only",
      advice: "Encode the item's text, or leave the item out: a vector of zeros cannot be normalised.",
    });
  }
  return features;
}

/** Checks that one adaptor can read all domains. */
function checkAlike(domains: readonly SourceDomain[], features: FeatureTable[]) {
  for (const [i, table] of features.entries()) {
    for (const property of ["width", "encoder"] as const) {
      const [first, found] = [features[0][property], table[property]];
      if (first === undefined || found === undefined || first === found) continue;
      throw new DataError({
        where: `text features of ${domains[i].name}`,
        expected: `${property} ${first}, as those of ${domains[0].name} have`,
        found: `${property} ${found}`,
        advice: "Encode all domains with one text encoder.",
      });
    }
  }
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
