import { ParameterError } from "../errors.ts";
import { createGenerator, shuffle } from "../random.ts";
import { type Domain, type FeatureTable, packSequences, sequenceOf, userCount } from "./domain.ts";
import { shortestSequence } from "./split.ts";

/** A domain from which some items were taken out, as if they had not been on sale yet. */
export interface WithheldItems {
  /** Items, users and sequences without the withheld items; item indices are counted anew. */
  seen: Domain;
  /** The withheld items' indices in the whole domain, ascending. */
  withheld: Int32Array;
}

/**
 * Takes a random share of the items out of a domain, with everything that users did with them.
 *
 * Users whose sequence becomes shorter than three items are left out too.
 *
 * @param newItemShare of the items, between 0 and 1
 * @throws {ParameterError} if the share would take no item out, or leave no item or no user in
 */
export function withholdItems(domain: Domain, newItemShare: number, seed: number): WithheldItems {
  const count = domain.itemIds.length;
  const taken = Math.round(newItemShare * count);
  if (!(taken > 0 && taken < count)) {
    throw badShare(`a share between 0 and 1 that takes out some of ${count} items`, newItemShare);
  }
  const order = shuffle(createGenerator(seed), Int32Array.from({ length: count }, (_, item) => item));
  const withheld = order.slice(0, taken).sort();
  const kept = order.slice(taken).sort();
  const newIndex = new Int32Array(count).fill(-1);
  kept.forEach((item, index) => newIndex[item] = index);

  const lists: Int32Array[] = [];
  const userIds: string[] = [];
  for (let user = 0; user < userCount(domain.sequences); user++) {
    const items = sequenceOf(domain.sequences, user).map((item) => newIndex[item]).filter((item) =>
      item >= 0
    );
    if (items.length < shortestSequence) continue;
    lists.push(items);
    userIds.push(domain.userIds[user]);
  }
  if (lists.length === 0) {
    throw badShare(`a share that leaves a user with ${shortestSequence} items`, newItemShare);
  }
  const { itemIds, itemTexts, features } = domain;
  const seen: Domain = {
    name: domain.name,
    itemIds: Array.from(kept, (item) => itemIds[item]),
    itemTexts: itemTexts && Array.from(kept, (item) => itemTexts[item]),
    userIds,
    sequences: packSequences(lists),
    features: features && featureRows(features, kept),
  };
  return { seen, withheld };
}

function badShare(expected: string, found: number): ParameterError {
  return new ParameterError({
    where: "newItemShare",
    expected,
    found: String(found),
    advice: "Use for example 0.1.",
  });
}

/** Returns a table of some of a table's rows. */
export function featureRows(table: FeatureTable, rows: Int32Array): FeatureTable {
  const { values, width } = table;
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, at) => picked.set(values.subarray(row * width, (row + 1) * width), at * width));
  return { ...table, rows: rows.length, values: picked };
}
