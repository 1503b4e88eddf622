/** Users' item sequences in time order, stored end to end: user `u` owns `items[offsets[u] … offsets[u + 1])`. */
export interface Sequences {
  /** Item indices, counted from 0. `[interactions]` */
  items: Int32Array;
  /** Where each user's sequence starts; one entry more than there are users. `[users + 1]` */
  offsets: Int32Array;
  /** How the sequences are split by time; left out where each user's last two items are held out (leave-one-out). */
  split?: TimeSplit;
}

/** Which of each user's items came before two moments: of the first on they validate, of the second on they test. */
export interface TimeSplit {
  /** How many items of a user came before the first moment: those are trained on. `[users]` */
  trainEnds: Int32Array;
  /** How many came before the second. `[users]` */
  validEnds: Int32Array;
  /** The moments; left out where several domains, each with its own, were joined. */
  times?: SplitTimes;
}

/** Moments at which data are split: dates as ISO 8601 has them, or numbers where the data's times are mere numbers. */
export interface SplitTimes {
  /** From then on items validate. */
  validFrom: string | number;
  /** From then on they test. */
  testFrom: string | number;
}

/** One vector per item, stored row by row: row `i` belongs to item `i`. */
export interface FeatureTable {
  /** `[rows × width]` */
  values: Float32Array;
  /** How many rows there are. */
  rows: number;
  /** Numbers per row, 768 for BERT-base. */
  width: number;
  /** What made the rows of the texts, such as `offline`; left out where it is not known. */
  encoder?: string;
}

/** One data set: items with their text, and what each user did, in order. */
export interface Domain {
  /** What people call it, such as `Scientific`. */
  name: string;
  /** The items' own identifiers; the position is the item index used everywhere else. `[items]` */
  itemIds: string[];
  /** Item texts (title, categories, brand …), or null where the data set has none. `[items]` */
  itemTexts: string[] | null;
  /** The users' own identifiers; the position is the user index. `[users]` */
  userIds: string[];
  /** What each user chose, in time order. */
  sequences: Sequences;
  /** Text features, or null before the items have been encoded. */
  features: FeatureTable | null;
  /** Features of the same texts with some words left out, if the data set brings them. */
  wordDropped?: FeatureTable | null;
}

/**
 * Returns user `user`'s whole sequence as a view, without copying.
 *
 * @example
 * ```ts
 * import { packSequences, sequenceOf } from "./domain.ts";
 * import assert from "node:assert/strict";
 *
 * const sequences = packSequences([[4, 2], [7]]);
 * assert.deepEqual([...sequenceOf(sequences, 1)], [7]);
 * ```
 */
export function sequenceOf(sequences: Sequences, user: number): Int32Array {
  return sequences.items.subarray(sequences.offsets[user], sequences.offsets[user + 1]);
}

/** Returns the number of users. */
export function userCount(sequences: Sequences): number {
  return sequences.offsets.length - 1;
}

/** Stores lists of item indices (one list per user) end to end. */
export function packSequences(lists: ArrayLike<number>[]): Sequences {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, user) => offsets[user + 1] = offsets[user] + list.length);
  const items = new Int32Array(offsets[lists.length]);
  lists.forEach((list, user) => items.set(list, offsets[user]));
  return { items, offsets };
}
