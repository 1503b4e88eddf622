import { ParameterError } from "../errors.ts";
import { createGenerator, shuffle } from "../random.ts";
import type { Domain } from "./domain.ts";
import { shortestSequence } from "./split.ts";
import { withoutItems } from "./without_items.ts";

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
 * Users whose sequence becomes shorter than three items are left out too; of a split by time, those who are left with
 * nothing to train on and nothing to be tested on.
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
  const seen = withoutItems(domain, withheld);
  if (seen.userIds.length === 0) {
    throw badShare(`a share that leaves a user with ${shortestSequence} items`, newItemShare);
  }
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
