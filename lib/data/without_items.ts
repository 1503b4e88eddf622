import { countOf } from "../count_of.ts";
import { type Domain, type FeatureTable, packSequences, sequenceOf, userCount } from "./domain.ts";
import { saysSomething } from "./says_something.ts";
import { shortestSequence } from "./split.ts";

/**
 * Returns a domain without some of its items and everything that users did with them; item indices are counted anew.
 *
 * Users whose sequence becomes shorter than three items are left out too, and word-dropped features are.
 */
export function withoutItems(domain: Domain, items: ArrayLike<number>): Domain {
  const count = domain.itemIds.length;
  const newIndex = new Int32Array(count);
  for (const item of Array.from(items)) newIndex[item] = -1;
  const kept = new Int32Array(count).map((_, item) => item).filter((item) => newIndex[item] >= 0);
  kept.forEach((item, index) => newIndex[item] = index);

  const lists: Int32Array[] = [];
  const userIds: string[] = [];
  for (let user = 0; user < userCount(domain.sequences); user++) {
    const left = sequenceOf(domain.sequences, user).map((item) => newIndex[item]).filter((item) => item >= 0);
    if (left.length < shortestSequence) continue;
    lists.push(left);
    userIds.push(domain.userIds[user]);
  }
  const { itemIds, itemTexts, features } = domain;
  return {
    name: domain.name,
    itemIds: Array.from(kept, (item) => itemIds[item]),
    itemTexts: itemTexts && Array.from(kept, (item) => itemTexts[item]),
    userIds,
    sequences: packSequences(lists),
    features: features && featureRows(features, kept),
  };
}

/**
 * Returns a domain without the items whose text has neither a letter nor a digit, which nothing can encode.
 *
 * @param say is told how many items, interactions and users that left out
 */
export function withoutSilentItems(domain: Domain, say: (line: string) => void = console.info): Domain {
  const { name, itemIds, itemTexts, userIds, sequences } = domain;
  const silent = (itemTexts ?? []).flatMap((text, item) => saysSomething(text) ? [] : [item]);
  if (silent.length === 0) return domain;
  const left = withoutItems(domain, silent);
  const gone = sequences.items.length - left.sequences.items.length;
  say(
    `${name}: ${countOf(silent.length, "item")} of ${itemIds.length} without a text, such as ${
      itemIds[silent[0]]
    }, ` +
      `left out, with ${countOf(gone, "interaction")} and ${
        countOf(userIds.length - left.userIds.length, "user")
      } of whom fewer than ${shortestSequence} items remain.`,
  );
  return left;
}

/** Returns a table of some of a table's rows. */
export function featureRows(table: FeatureTable, rows: Int32Array): FeatureTable {
  const { values, width } = table;
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, at) => picked.set(values.subarray(row * width, (row + 1) * width), at * width));
  return { ...table, rows: rows.length, values: picked };
}
