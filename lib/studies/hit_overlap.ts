import { ParameterError } from "../errors.ts";
import { bootstrap, type Estimate } from "../evaluation/bootstrap.ts";
import { createGenerator } from "../random.ts";
import type { UserResults } from "./group_comparison.ts";
import type { Grouping } from "./user_groups.ts";

/** How the hits on one group of users divide between two systems, as shares of the group's users. */
export interface HitOverlap {
  first: string;
  second: string;
  by: string;
  group: string;
  users: number;
  /** Found by both. */
  both: Estimate;
  /** Found by the first alone. */
  firstOnly: Estimate;
  /** Found by the second alone. */
  secondOnly: Estimate;
  /** The share of the first's hits that the second misses; null where the first has none. */
  missed: Estimate;
}

/**
 * Tells which users' test items two systems find both, and which only one of them, group by group.
 *
 * @param first a hit is 1, a miss 0, as Recall has it. Take one run of each system: a mean over seeds is no hit
 * @param seed for the bootstrap, which draws the same users for both
 * @throws {ParameterError} if a value is neither 0 nor 1, or a user of a group has none
 * @example
 * ```ts
 * import { overlapHits } from "./hit_overlap.ts";
 * import assert from "node:assert/strict";
 *
 * const everybody = { by: "all", groups: [{ name: "all", users: Int32Array.of(0, 1, 2, 3) }] };
 * const [{ both, firstOnly, secondOnly }] = overlapHits(
 *   [everybody],
 *   { model: "Neighbours", values: [1, 1, 0, 0] },
 *   { model: "SASRec", values: [0, 1, 0, 1] },
 *   1,
 * );
 * assert.deepEqual([both.value, firstOnly.value, secondOnly.value], [0.25, 0.25, 0.25]);
 * ```
 */
export function overlapHits(
  groupings: readonly Grouping[],
  first: UserResults,
  second: UserResults,
  seed: number,
): HitOverlap[] {
  const generator = createGenerator(seed);
  const statistics = (users: Int32Array) => {
    let [both, firstOnly, secondOnly] = [0, 0, 0];
    for (const user of users) {
      const [one, other] = [first.values[user], second.values[user]];
      both += one & other;
      firstOnly += one & ~other;
      secondOnly += other & ~one;
    }
    const shares = [both, firstOnly, secondOnly].map((hits) => hits / users.length);
    return [...shares, firstOnly / (both + firstOnly)];
  };
  return groupings.flatMap(({ by, groups }) =>
    groups.map(({ name, users }) => {
      for (const results of [first, second]) checkHits(results, users);
      const [both, firstOnly, secondOnly, missed] = bootstrap(users, statistics, generator);
      return {
        first: first.model,
        second: second.model,
        by,
        group: name,
        users: users.length,
        both,
        firstOnly,
        secondOnly,
        missed,
      };
    })
  );
}

function checkHits({ model, values }: UserResults, users: Int32Array): void {
  const user = users.find((user) => values[user] !== 0 && values[user] !== 1);
  if (user === undefined) return;
  throw new ParameterError({
    where: `hits of ${model}, user ${user}`,
    expected: "0 or 1",
    found: String(values[user]),
    advice: "Pass Recall at one cutoff of one run, measured on the users that are grouped.",
  });
}
