import { countOf } from "../count_of.ts";
import {
  type Domain,
  type FeatureTable,
  packSequences,
  sequenceOf,
  type Sequences,
  userCount,
} from "./domain.ts";
import { saysSomething } from "./says_something.ts";
import { selectUsers, shortestSequence, usersOf } from "./split.ts";

/**
 * Returns a domain without some of its items and everything that users did with them; item indices are counted anew.
 *
 * Users whose sequence becomes shorter than three items are left out too, and word-dropped features are; of a split by
 * time, users who are left with nothing to train on and nothing to be tested on.
 */
export function withoutItems(domain: Domain, items: ArrayLike<number>): Domain {
  const count = domain.itemIds.length;
  const newIndex = new Int32Array(count);
  for (const item of Array.from(items)) newIndex[item] = -1;
  const kept = new Int32Array(count).map((_, item) => item).filter((item) => newIndex[item] >= 0);
  kept.forEach((item, index) => newIndex[item] = index);

  const left = withNumbers(domain.sequences, newIndex);
  const users = usersLeft(left);
  const { itemIds, itemTexts, features } = domain;
  return {
    name: domain.name,
    itemIds: Array.from(kept, (item) => itemIds[item]),
    itemTexts: itemTexts && Array.from(kept, (item) => itemTexts[item]),
    userIds: Array.from(users, (user) => domain.userIds[user]),
    sequences: selectUsers(left, users),
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
      } of whom ${sequences.split ? "too few items" : `fewer than ${shortestSequence} items`} remain.`,
  );
  return left;
}

/** Returns sequences with items numbered anew, without those whose new number is negative. */
function withNumbers(sequences: Sequences, newIndex: Int32Array): Sequences {
  const { split } = sequences;
  const lists: Int32Array[] = [];
  const isLeft = (item: number) => newIndex[item] >= 0;
  for (let user = 0; user < userCount(sequences); user++) {
    lists.push(sequenceOf(sequences, user).filter(isLeft).map((item) => newIndex[item]));
  }
  if (!split) return packSequences(lists);
  const leftOf = (ends: Int32Array) =>
    ends.map((end, user) => sequenceOf(sequences, user).subarray(0, end).filter(isLeft).length);
  return {
    ...packSequences(lists),
    split: { ...split, trainEnds: leftOf(split.trainEnds), validEnds: leftOf(split.validEnds) },
  };
}

/** Returns the users whose sequences are still of use. */
function usersLeft(sequences: Sequences): number[] {
  const { split } = sequences;
  const all = Array.from({ length: userCount(sequences) }, (_, user) => user);
  if (!split) return all.filter((user) => sequenceOf(sequences, user).length >= shortestSequence);
  const tested = new Set(usersOf(sequences, "test"));
  return all.filter((user) => split.trainEnds[user] > 0 || tested.has(user));
}

/** Returns a table of some of a table's rows. */
export function featureRows(table: FeatureTable, rows: Int32Array): FeatureTable {
  const { values, width } = table;
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, at) => picked.set(values.subarray(row * width, (row + 1) * width), at * width));
  return { ...table, rows: rows.length, values: picked };
}
