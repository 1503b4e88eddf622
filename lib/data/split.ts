import { sequenceOf, type Sequences } from "./domain.ts";

/** The three parts of the leave-one-out split: the last item tests, the one before validates, the rest trains. */
export type Part = "train" | "valid" | "test";

/** How many items at a sequence's end a part must not see. */
const hidden: Record<Part, number> = { train: 2, valid: 2, test: 1 };

/** The least that the split needs: one item each to train, validate and test. */
export const shortestSequence: number = hidden.train + 1;

/**
 * Returns the items that may be seen in a part of the leave-one-out split, as a view without copying.
 *
 * For `train` these are the training items themselves; for `valid` and `test` the history before the target.
 */
export function historyOf(sequences: Sequences, user: number, part: Part): Int32Array {
  const sequence = sequenceOf(sequences, user);
  return sequence.subarray(0, Math.max(0, sequence.length - hidden[part]));
}

/** Returns the item to be predicted for a user: the last one for `test`, the one before it for `valid`. */
export function targetOf(sequences: Sequences, user: number, part: "valid" | "test"): number {
  const sequence = sequenceOf(sequences, user);
  return sequence[sequence.length - hidden[part]];
}
