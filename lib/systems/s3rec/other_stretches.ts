import { type Sequences, userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import { type Generator, integer } from "../../random.ts";

/** Draws a stretch of `length` training items of some user other than `user`; null where nobody else has as many. */
export type DrawOtherStretch = (generator: Generator, user: number, length: number) => Int32Array | null;

/**
 * Makes ready to draw stretches of other users' training sequences, as negatives of a user's own.
 *
 * Each user who has enough items is equally likely, and then each of that user's stretches.
 *
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { createGenerator } from "../../random.ts";
 * import { otherStretches } from "./other_stretches.ts";
 * import assert from "node:assert/strict";
 *
 * // the last two items of each are held out
 * const draw = otherStretches(packSequences([[5, 6, 7, 8], [1, 2, 3, 4]]));
 * assert.deepEqual([...draw(createGenerator(1), 0, 2)!], [1, 2]);
 * assert.equal(draw(createGenerator(1), 0, 3), null);
 * ```
 */
export function otherStretches(sequences: Sequences): DrawOtherStretch {
  const lengths = Int32Array.from(
    { length: userCount(sequences) },
    (_, user) => historyOf(sequences, user, "train").length,
  );
  const byLength = Uint32Array.from(lengths.keys()).sort((a, b) => lengths[b] - lengths[a]);
  const rankOf = new Uint32Array(byLength.length);
  byLength.forEach((user, rank) => rankOf[user] = rank);
  /** How many users have at least so many items. */
  const usersWith = new Uint32Array((lengths[byLength[0]] ?? 0) + 1);
  for (const length of lengths) usersWith[length]++;
  for (let length = usersWith.length - 2; length >= 0; length--) usersWith[length] += usersWith[length + 1];

  return (generator, user, length) => {
    const users = usersWith[length] ?? 0;
    const others = lengths[user] >= length ? users - 1 : users;
    if (others <= 0) return null;
    const drawn = integer(generator, others);
    // the user's own rank is left out
    const other = byLength[drawn >= rankOf[user] ? drawn + 1 : drawn];
    const start = integer(generator, lengths[other] - length + 1);
    return historyOf(sequences, other, "train").subarray(start, start + length);
  };
}
