import { countOf } from "../count_of.ts";
import { DataError } from "../errors.ts";
import { type Domain, userCount } from "./domain.ts";
import { shortestSequence } from "./split.ts";

/**
 * Returns the domain after checking that every user has three items or more, and every item a feature row, or a text,
 * where the domain has those. An item with features may be without a text.
 *
 * @param source the file or folder that an error names
 * @throws {DataError} if there is no user, or something is missing
 */
export function checkDomain(domain: Domain, source: string): Domain {
  const { itemIds, itemTexts, userIds, sequences, features } = domain;
  const users = userCount(sequences);
  if (users === 0) {
    fail(source, "at least one user", "none", "Check the filter: nothing may be left of a small data set.");
  }
  for (let user = 0; user < users; user++) {
    const length = sequences.offsets[user + 1] - sequences.offsets[user];
    if (length < shortestSequence) {
      fail(
        source,
        `at least ${shortestSequence} items of user ${userIds[user]}`,
        String(length),
        "Leave such users out: one item is needed each to train, validate and test.",
      );
    }
  }
  const textless = features
    ? []
    : (itemTexts ?? []).flatMap((text, item) => text.trim() === "" ? [item] : []);
  if (textless.length > 0) {
    fail(
      source,
      `a text of item ${itemIds[textless[0]]}`,
      `none, nor of ${countOf(textless.length - 1, "other item")}`,
      "Add its text or leave the item out.",
    );
  }
  if (features && features.rows !== itemIds.length) {
    fail(
      source,
      `${itemIds.length} feature rows, one per item`,
      String(features.rows),
      "Encode the items again.",
    );
  }
  return domain;
}

function fail(where: string, expected: string, found: string, advice: string): never {
  throw new DataError({ where, expected, found, advice });
}
