import { type Generator, shuffle } from "../../random.ts";
import { packSequences, type Sequences } from "../domain.ts";

/** A log of who took what and when, one row per event, in the order of the file it came from. */
export interface Interactions {
  userIds: string[];
  itemIds: string[];
  /** Positions in `userIds`. `[rows]` */
  users: Int32Array;
  /** Positions in `itemIds`. `[rows]` */
  items: Int32Array;
  /** Seconds, or any other measure that grows. `[rows]` */
  times: Float64Array;
}

/** Numbers identifiers from 0 in the order in which they first appear. */
export function numberIds(values: readonly string[]): { ids: string[]; codes: Int32Array } {
  const index = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    const code = index.get(value) ?? index.size;
    index.set(value, code);
    return code;
  });
  return { ids: [...index.keys()], codes };
}

/** Returns some rows of a log, users and items counted anew in the order in which they first appear. */
export function selectRows(interactions: Interactions, rows: ArrayLike<number>): Interactions {
  const count = rows.length;
  const users = new Int32Array(count), items = new Int32Array(count), times = new Float64Array(count);
  const userIndex = new Int32Array(interactions.userIds.length).fill(-1);
  const itemIndex = new Int32Array(interactions.itemIds.length).fill(-1);
  const userIds: string[] = [], itemIds: string[] = [];
  for (let i = 0; i < count; i++) {
    const user = interactions.users[rows[i]], item = interactions.items[rows[i]];
    if (userIndex[user] < 0) userIndex[user] = userIds.push(interactions.userIds[user]) - 1;
    if (itemIndex[item] < 0) itemIndex[item] = itemIds.push(interactions.itemIds[item]) - 1;
    users[i] = userIndex[user];
    items[i] = itemIndex[item];
    times[i] = interactions.times[rows[i]];
  }
  return { userIds, itemIds, users, items, times };
}

/** Lists each user's rows, in the order of the log. */
export function rowsByUser({ userIds, users }: Interactions): number[][] {
  const rows: number[][] = userIds.map(() => []);
  users.forEach((user, row) => rows[user].push(row));
  return rows;
}

/**
 * Puts each user's items in the order of time.
 *
 * Items of one moment are shuffled: a file's own order (often by item code) would give the next item away.
 */
export function toSequences(interactions: Interactions, generator: Generator): Sequences {
  const { items, times } = interactions;
  return packSequences(
    rowsByUser(interactions).map((rows) =>
      // sorting is stable and so keeps the shuffled order within a moment
      shuffle(generator, rows).sort((a, b) => times[a] - times[b]).map((row) => items[row])
    ),
  );
}

/** Returns the rows of a log without those that repeat a user, item and time. */
export function distinctRows(interactions: Interactions): number[] {
  const { items, times } = interactions;
  return rowsByUser(interactions).flatMap((rows) => {
    const seen = new Set<string>();
    return rows.filter((row) => seen.size < seen.add(`${items[row]} ${times[row]}`).size);
  }).sort((a, b) => a - b);
}
