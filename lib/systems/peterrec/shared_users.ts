import { type Domain, packSequences, sequenceOf, type Sequences } from "../../data/domain.ts";
import { historyOf, shortestSequence, targetOf } from "../../data/split.ts";
import { DataError } from "../../errors.ts";

/** What PeterRec reads of a domain. */
export type OverlappingDomain = Pick<Domain, "name" | "itemIds" | "userIds" | "sequences">;

/** A user who is in both domains. */
export interface SharedUser {
  /** The user's index in each. */
  source: number;
  target: number;
}

/**
 * Returns the users who did something in both domains, by their IDs, in the target's order.
 *
 * Of the target they need an item each to train, validate and test.
 *
 * @throws {DataError} if there are none, or a domain is split by time
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { sharedUsers } from "./shared_users.ts";
 * import assert from "node:assert/strict";
 *
 * const source = { name: "A", itemIds: ["p", "q"], userIds: ["u", "v"], sequences: packSequences([[0, 1], [1]]) };
 * const target = { name: "B", itemIds: ["x"], userIds: ["v", "w"], sequences: packSequences([[0, 0, 0], [0]]) };
 * assert.deepEqual(sharedUsers(source, target), [{ source: 1, target: 0 }]);
 * ```
 */
export function sharedUsers(source: OverlappingDomain, target: OverlappingDomain): SharedUser[] {
  for (const { name, sequences } of [source, target]) {
    if (sequences.split) throw splitByTime(name);
  }
  const inSource = new Map(source.userIds.map((id, user) => [id, user]));
  const shared = target.userIds.flatMap((id, user) => {
    const other = inSource.get(id);
    if (other === undefined || sequenceOf(source.sequences, other).length === 0) return [];
    return sequenceOf(target.sequences, user).length < shortestSequence
      ? []
      : [{ source: other, target: user }];
  });
  if (shared.length > 0) return shared;
  throw new DataError({
    where: `users of ${source.name} and ${target.name}`,
    expected: `some who are in both, with at least ${shortestSequence} items in ${target.name}`,
    found: "none",
    advice: "PeterRec learns from users whose ID stands in both domains: use two that share them.",
  });
}

function splitByTime(name: string): DataError {
  return new DataError({
    where: `the split of ${name}`,
    expected: "leave-one-out",
    found: "a split by time",
    advice: "PeterRec reads all that a user did in the source, whenever that was: it would know the future.",
  });
}

/** Sequences as PeterRec reads them: a user's items in the source, the question, and an item of the target as answer. */
export interface SharedSequences {
  /** One for each training item of each shared user. */
  train: Sequences;
  /** One for each shared user. */
  valid: Sequences;
  test: Sequences;
}

/** Makes the sequences of shared users from both domains; items are numbered as in the model's table. */
export function sharedSequences(
  source: OverlappingDomain,
  target: OverlappingDomain,
  users: readonly SharedUser[],
): SharedSequences {
  const question = target.itemIds.length;
  const read = users.map((user) => {
    const items = sequenceOf(source.sequences, user.source);
    return [...items.map((item) => question + 1 + item), question];
  });
  const heldOut = (part: "valid" | "test") =>
    packSequences(users.map((user, at) => [...read[at], targetOf(target.sequences, user.target, part)]));
  return {
    train: packSequences(
      users.flatMap((user, at) =>
        Array.from(historyOf(target.sequences, user.target, "train"), (item) => [...read[at], item])
      ),
    ),
    valid: heldOut("valid"),
    test: heldOut("test"),
  };
}
