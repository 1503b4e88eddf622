import { sequenceOf, type Sequences, type SplitTimes, userCount } from "./domain.ts";

/**
 * The three parts of a split.
 *
 * Leave-one-out: a user's last item tests, the one before validates, the rest trains. By time: a user's items before the
 * first moment train, the first one from then on validates, and the first one from the second moment on tests; what
 * comes before an item is its history, whatever part that is in.
 */
export type Part = "train" | "valid" | "test";

/** How many items at a sequence's end a part of the leave-one-out split must not see. */
const hidden: Record<Part, number> = { train: 2, valid: 2, test: 1 };

/** The least that the leave-one-out split needs: one item each to train, validate and test. */
export const shortestSequence: number = hidden.train + 1;

/** Stands for the rank of a user who has no item to be ranked in a part of a split by time: left out of all means. */
export const notAsked = -2;

/**
 * Returns the items that may be seen in a part of the split, as a view without copying.
 *
 * For `train` these are the training items themselves; for `valid` and `test` the history before the target.
 */
export function historyOf(sequences: Sequences, user: number, part: Part): Int32Array {
  return sequenceOf(sequences, user).subarray(0, historyEnd(sequences, user, part));
}

/**
 * Returns the item to be predicted for a user of a part.
 *
 * Leave-one-out: the last one for `test`, the one before it for `valid`. By time: the first one in the part; −1 for a
 * user who has none.
 */
export function targetOf(sequences: Sequences, user: number, part: "valid" | "test"): number {
  if (sequences.split && !hasTarget(sequences, user, part)) return -1;
  const sequence = sequenceOf(sequences, user);
  return sequence[sequences.split ? historyEnd(sequences, user, part) : sequence.length - hidden[part]];
}

/**
 * Returns the users who are asked in a part: those with an item to be predicted, and one or more before it. Ascending.
 *
 * @example
 * ```ts
 * import { packSequences } from "./domain.ts";
 * import { usersOf } from "./split.ts";
 * import assert from "node:assert/strict";
 *
 * const sequences = packSequences([[5, 6, 7], [8], [3, 4]]);
 * assert.deepEqual([...usersOf(sequences, "test")], [0, 2]);
 * // by time, user 0 takes 7 in validation and nothing later, user 2 takes 4 in the test
 * const split = { trainEnds: Int32Array.of(2, 1, 0), validEnds: Int32Array.of(3, 1, 1) };
 * assert.deepEqual([...usersOf({ ...sequences, split }, "valid")], [0]);
 * assert.deepEqual([...usersOf({ ...sequences, split }, "test")], [2]);
 * ```
 */
export function usersOf(sequences: Sequences, part: "valid" | "test"): Int32Array {
  return Int32Array.from({ length: userCount(sequences) }, (_, user) => user).filter((user) =>
    historyEnd(sequences, user, part) > 0 && (!sequences.split || hasTarget(sequences, user, part))
  );
}

/**
 * Returns what stands for the users' ranks before any is found: −1, not found, in the leave-one-out split, and
 * `notAsked` in one by time, where many a user has nothing to be ranked. `[users]`
 */
export function unranked(sequences: Sequences): Int32Array {
  return new Int32Array(userCount(sequences)).fill(sequences.split ? notAsked : -1);
}

/** Returns all that sequences and their split are made of, for fingerprints. */
export function arraysOf({ offsets, items, split }: Sequences): Int32Array[] {
  return split ? [offsets, items, split.trainEnds, split.validEnds] : [offsets, items];
}

/** Returns the sequences of some users, split as they were. */
export function selectUsers(sequences: Sequences, users: ArrayLike<number>): Sequences {
  const { split } = sequences;
  const offsets = new Int32Array(users.length + 1);
  for (let at = 0; at < users.length; at++) {
    offsets[at + 1] = offsets[at] + sequenceOf(sequences, users[at]).length;
  }
  const items = new Int32Array(offsets[users.length]);
  for (let at = 0; at < users.length; at++) items.set(sequenceOf(sequences, users[at]), offsets[at]);
  if (!split) return { items, offsets };
  const pick = (ends: Int32Array) => Int32Array.from(users, (user) => ends[user]);
  return {
    items,
    offsets,
    split: { ...split, trainEnds: pick(split.trainEnds), validEnds: pick(split.validEnds) },
  };
}

/** Returns where the parts end in every sequence, of the leave-one-out split, too. `[users]` each */
export function endsOf(sequences: Sequences): { trainEnds: Int32Array; validEnds: Int32Array } {
  const ends = (part: Part) =>
    Int32Array.from(
      { length: userCount(sequences) },
      (_, user) => historyEnd(sequences, user, part),
    );
  return { trainEnds: ends("train"), validEnds: ends("test") };
}

/** Returns what tables call the split. */
export function splitName({ split }: Pick<Sequences, "split">): string {
  if (!split) return "leave-one-out";
  return split.times ? describeTimes(split.times) : "by time";
}

/** Says at which moments data are split. */
export function describeTimes({ validFrom, testFrom }: SplitTimes): string {
  return `by time, valid from ${validFrom}, test from ${testFrom}`;
}

/** Returns how many items of a user's sequence come before the target of a part; for `train`, how many train. */
function historyEnd({ offsets, split }: Sequences, user: number, part: Part): number {
  if (split) return (part === "test" ? split.validEnds : split.trainEnds)[user];
  return Math.max(0, offsets[user + 1] - offsets[user] - hidden[part]);
}

/** Tells whether a user of a split by time has an item in a part. */
function hasTarget({ offsets, split }: Sequences, user: number, part: "valid" | "test"): boolean {
  const end = part === "valid" ? split!.validEnds[user] : offsets[user + 1] - offsets[user];
  return historyEnd({ offsets, split } as Sequences, user, part) < end;
}
