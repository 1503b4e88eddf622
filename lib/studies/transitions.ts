import { sequenceOf, type Sequences, userCount } from "../data/domain.ts";
import { endsOf } from "../data/split.ts";
import { checkPositiveInteger } from "../checks.ts";

/** Two items of one user's sequence, by their positions in it. */
export interface Transition {
  user: number;
  start: number;
  /** After `start`. */
  end: number;
}

/** Which transitions are listed. */
export interface TransitionChoice {
  /** `every`: any item may be the end; `test`: only the user's test item, which no model was trained on. */
  ends: "every" | "test";
  /** How many positions the end may be after the start; 1 is the very next item. */
  reach: number;
}

/**
 * Lists the transitions of all users, user by user.
 *
 * @throws {ParameterError} if `reach` is not a positive integer
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { listTransitions } from "./transitions.ts";
 * import assert from "node:assert/strict";
 *
 * const sequences = packSequences([[7, 8, 9]]);
 * assert.deepEqual(listTransitions(sequences, { ends: "test", reach: 1 }), [{ user: 0, start: 1, end: 2 }]);
 * ```
 */
export function listTransitions(sequences: Sequences, { ends, reach }: TransitionChoice): Transition[] {
  checkPositiveInteger("reach", reach, "Use 1 for the very next item, or 3 for those soon after.");
  const transitions: Transition[] = [];
  const { validEnds } = endsOf(sequences);
  for (let user = 0; user < userCount(sequences); user++) {
    const { length } = sequenceOf(sequences, user);
    const [first, last] = ends === "test" ? [validEnds[user], validEnds[user]] : [1, length - 1];
    for (let end = first; end <= Math.min(last, length - 1); end++) {
      for (let start = Math.max(0, end - reach); start < end; start++) transitions.push({ user, start, end });
    }
  }
  return transitions;
}

/** Returns the two items of a transition. */
export function itemsOf(sequences: Sequences, { user, start, end }: Transition): [from: number, to: number] {
  const first = sequences.offsets[user];
  return [sequences.items[first + start], sequences.items[first + end]];
}
