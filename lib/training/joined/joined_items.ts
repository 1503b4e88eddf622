import { type Domain, type Sequences, userCount } from "../../data/domain.ts";
import { endsOf } from "../../data/split.ts";
import type { NumberArray } from "../../engine/array_spec.ts";
import { DataError, ParameterError } from "../../errors.ts";

/** The sequences of several domains as one: items and users are numbered through, the first domain's first. */
export interface JoinedItems {
  names: string[];
  sequences: Sequences;
  /** Where each domain's items start; one entry more than there are domains. */
  firstItems: number[];
  /** Where each domain's users start; one entry more than there are domains. */
  firstUsers: number[];
}

/**
 * Joins domains whose items are known by their IDs alone.
 *
 * @throws {ParameterError} if there is no domain, or two of one name
 * @throws {DataError} if a sequence holds an item that its domain does not have
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { joinSequencesOf } from "./joined_items.ts";
 * import assert from "node:assert/strict";
 *
 * const joined = joinSequencesOf([
 *   { name: "Games", itemIds: ["a", "b", "c"], sequences: packSequences([[0, 2, 1]]) },
 *   { name: "Pantry", itemIds: ["d", "e"], sequences: packSequences([[1, 0]]) },
 * ]);
 * assert.deepEqual([...joined.sequences.items], [0, 2, 1, 4, 3]);
 * assert.deepEqual(joined.firstItems, [0, 3, 5]);
 * ```
 */
export function joinSequencesOf(
  domains: readonly Pick<Domain, "name" | "itemIds" | "sequences">[],
): JoinedItems {
  for (const { name, itemIds, sequences } of domains) {
    const items = highestItem(sequences) + 1;
    if (items <= itemIds.length) continue;
    throw new DataError({
      where: `items of ${name}`,
      expected: `at least ${items}, as its sequences have`,
      found: String(itemIds.length),
      advice: "Read the data set again: its sequences belong to other items.",
    });
  }
  return joinItems(domains, domains.map(({ itemIds }) => itemIds.length));
}

/**
 * Joins the sequences of domains with so many items each.
 *
 * @throws {ParameterError} if there is no domain, or two of one name
 */
export function joinItems(
  domains: readonly Pick<Domain, "name" | "sequences">[],
  itemCounts: readonly number[],
): JoinedItems {
  const names = domains.map(({ name }) => name);
  checkNames(names);
  const interactions = starts(domains.map(({ sequences }) => sequences.items.length));
  const firstUsers = starts(domains.map(({ sequences }) => userCount(sequences)));
  const firstItems = starts(itemCounts);
  const items = new Int32Array(interactions.at(-1)!);
  const offsets = new Int32Array(firstUsers.at(-1)! + 1);
  domains.forEach(({ sequences }, i) => {
    items.set(sequences.items.map((item) => firstItems[i] + item), interactions[i]);
    offsets.set(sequences.offsets.map((offset) => interactions[i] + offset), firstUsers[i]);
  });
  return { names, sequences: { items, offsets, ...joinedSplit(domains) }, firstItems, firstUsers };
}

/** Joins how domains are split, where any is by time. */
function joinedSplit(domains: readonly Pick<Domain, "sequences">[]): Pick<Sequences, "split"> {
  if (domains.every(({ sequences }) => !sequences.split)) return {};
  const ends = domains.map(({ sequences }) => endsOf(sequences));
  return {
    split: {
      trainEnds: Int32Array.from(ends.flatMap(({ trainEnds }) => [...trainEnds])),
      validEnds: Int32Array.from(ends.flatMap(({ validEnds }) => [...validEnds])),
    },
  };
}

/** Returns the highest item index that sequences hold, −1 if they hold none. */
export function highestItem({ items }: Sequences): number {
  return items.reduce((most, item) => Math.max(most, item), -1);
}

/** Returns the domain that number `index` falls into, by where the domains start. */
export function domainOf(starts: readonly number[], index: number): number {
  let domain = 0;
  while (index >= starts[domain + 1]) domain++;
  return domain;
}

/** Returns a domain's rows of a table that has one for each item of all domains, as a view. */
export function rowsOfDomain(
  table: NumberArray,
  { firstItems }: Pick<JoinedItems, "firstItems">,
  domain: number,
): NumberArray {
  const width = table.length / firstItems.at(-1)!;
  return table.subarray(firstItems[domain] * width, firstItems[domain + 1] * width);
}

function starts(sizes: readonly number[]): number[] {
  const sums = [0];
  for (const size of sizes) sums.push(sums.at(-1)! + size);
  return sums;
}

function checkNames(names: readonly string[]) {
  if (names.length > 0 && new Set(names).size === names.length) return;
  throw new ParameterError({
    where: "domains to pre-train on",
    expected: "one or more, each with a name of its own",
    found: names.length === 0 ? "none" : names.join(", "),
    advice: "Name one source or more in `sourceNames`, each once.",
  });
}
