import { countOf } from "../count_of.ts";
import { DataError } from "../errors.ts";
import { type Domain, userCount } from "./domain.ts";
import { shortestSequence, usersOf } from "./split.ts";

/**
 * Returns the domain after checking that every user has three items or more, and every item a feature row, or a text,
 * where the domain has those. An item with features may be without a text. Where it is split by time, a user may have
 * fewer items, but there must be users to train, to validate and to test.
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
  if (sequences.split) checkSplitParts(domain, source);
  for (let user = 0; user < users && !sequences.split; user++) {
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

/** Refuses a split by time that does not fit the sequences, or leaves a part without users. */
function checkSplitParts({ sequences }: Domain, source: string): void {
  const { trainEnds, validEnds, times } = sequences.split!;
  const users = userCount(sequences);
  for (const ends of [trainEnds, validEnds]) {
    if (ends.length !== users) {
      fail(source, `a split of ${users} users`, `${ends.length}`, "Split the data anew.");
    }
  }
  for (let user = 0; user < users; user++) {
    const length = sequences.offsets[user + 1] - sequences.offsets[user];
    if (0 <= trainEnds[user] && trainEnds[user] <= validEnds[user] && validEnds[user] <= length) continue;
    fail(
      source,
      `parts of user ${user} that end in order, within ${length} items`,
      `${trainEnds[user]} and ${validEnds[user]}`,
      "Split the data anew.",
    );
  }
  const said = times
    ? ` (from ${times.validFrom} on they validate, from ${times.testFrom} on they test)`
    : "";
  const parts = [
    ["train on two items or more", trainEnds.some((end) => end > 1)],
    ["have an item to validate on", usersOf(sequences, "valid").length > 0],
    ["have an item to test on", usersOf(sequences, "test").length > 0],
  ] as const;
  for (const [what, isThere] of parts) {
    if (!isThere) {
      fail(source, `users who ${what}`, `none${said}`, "Choose other moments, or larger shares.");
    }
  }
}

function fail(where: string, expected: string, found: string, advice: string): never {
  throw new DataError({ where, expected, found, advice });
}
