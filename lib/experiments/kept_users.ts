import * as v from "valibot";
import { type Domain, type Sequences, userCount } from "../data/domain.ts";
import { historyOf, splitName, targetOf, usersOf } from "../data/split.ts";
import { trainingCounts } from "../data/training_counts.ts";
import { CheckpointError } from "../errors.ts";
import { toJson } from "../json.ts";
import { exactly, parseJson, wholeNumber } from "../schema.ts";

/** What is known of a data set's test users beside their ranks: enough to group them, and nothing of what they chose. */
export interface TestUsers {
  dataset: string;
  /** What tables call the split. */
  split: string;
  /** How often each user's test item occurs in training; −1 for a user without a history or an item. `[users]` */
  popularity: Int32Array;
  /** How many items come before the test item; −1 for a user without a history or an item. `[users]` */
  historyLengths: Int32Array;
  /**
   * How many other users have the test item and one of the items before it both in their training histories, of the item
   * with the most; −1 for a user without a history or an item. `[users]`
   */
  seenTogether: Int32Array;
}

/**
 * Describes the test users of a data set.
 *
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { describeTestUsers } from "./kept_users.ts";
 * import assert from "node:assert/strict";
 *
 * const domain = {
 *   name: "Toys", itemIds: ["a", "b", "c"], itemTexts: null, userIds: ["u", "v"],
 *   sequences: packSequences([[0, 1, 0, 1, 0], [1, 0, 0, 2]]), features: null,
 * };
 * const { popularity, historyLengths, seenTogether } = describeTestUsers(domain);
 * assert.deepEqual([...popularity], [3, 0]); // before the two held-out items
 * assert.deepEqual([...historyLengths], [4, 3]);
 * assert.deepEqual([...seenTogether], [1, 0]); // the other user has a and b
 * ```
 */
export function describeTestUsers({ name, itemIds, sequences }: Domain): TestUsers {
  const counts = trainingCounts({ itemIds, sequences });
  const none = new Int32Array(userCount(sequences)).fill(-1);
  const [popularity, historyLengths, seenTogether] = [none, none.slice(), none.slice()];
  for (const user of usersOf(sequences, "test")) {
    popularity[user] = counts[targetOf(sequences, user, "test")];
    historyLengths[user] = historyOf(sequences, user, "test").length;
  }
  countTogether(sequences, itemIds.length, seenTogether);
  return { dataset: name, split: splitName(sequences), popularity, historyLengths, seenTogether };
}

const fileOf = (dataset: string) => `users/${dataset}.json`;

/** Returns the file, by its name in a folder of runs, that keeps what is known of a data set's test users. */
export function keptUsers({ dataset, split, ...values }: TestUsers): { name: string; text: string } {
  const name = fileOf(dataset);
  const [popularity, historyLengths, seenTogether] = [
    values.popularity,
    values.historyLengths,
    values.seenTogether,
  ]
    .map((numbers) => [...numbers]);
  return { name, text: toJson({ dataset, split, popularity, historyLengths, seenTogether }, name) + "\n" };
}

const numbers = v.array(wholeNumber(-1));
const usersSchema = v.pipe(
  exactly({
    dataset: v.string(),
    split: v.string(),
    popularity: numbers,
    historyLengths: numbers,
    seenTogether: numbers,
  }),
  v.check(
    ({ popularity, historyLengths, seenTogether }) =>
      historyLengths.length === popularity.length && seenTogether.length === popularity.length,
    "three numbers of every user",
  ),
);

/**
 * Reads what is kept of a data set's test users in a folder of runs, or returns null if there is nothing.
 *
 * @throws {CheckpointError} that names file and field, if it is damaged
 */
export async function readTestUsers(runs: string, dataset: string): Promise<TestUsers | null> {
  const path = `${runs}/${fileOf(dataset)}`;
  try {
    const text = await Deno.readTextFile(path);
    const saved = parseJson(usersSchema, text, path, "Take it from the archive again.", CheckpointError);
    const [popularity, historyLengths, seenTogether] = [
      saved.popularity,
      saved.historyLengths,
      saved.seenTogether,
    ]
      .map((values) => Int32Array.from(values));
    return { dataset: saved.dataset, split: saved.split, popularity, historyLengths, seenTogether };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Counts test item by test item, so that no more than one item's pairs are held at a time. */
function countTogether(sequences: Sequences, items: number, seenTogether: Int32Array): void {
  const sets = Array.from(
    { length: userCount(sequences) },
    (_, user) => new Set(historyOf(sequences, user, "train")),
  );
  const usersWith: number[][] = Array.from({ length: items }, () => []);
  sets.forEach((set, user) => set.forEach((item) => usersWith[item].push(user)));
  const together = new Int32Array(items);
  const asked = Map.groupBy(usersOf(sequences, "test"), (user) => targetOf(sequences, user, "test"));
  for (const [target, users] of asked) {
    together.fill(0);
    for (const user of usersWith[target]) sets[user].forEach((item) => together[item]++);
    for (const user of users) {
      const own = (item: number) => sets[user].has(target) && sets[user].has(item) ? 1 : 0;
      seenTogether[user] = historyOf(sequences, user, "test")
        .reduce((most, item) => item === target ? most : Math.max(most, together[item] - own(item)), 0);
    }
  }
}
