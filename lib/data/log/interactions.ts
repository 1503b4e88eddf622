import { type Generator, shuffle } from "../../random.ts";
import type { Sequences } from "../domain.ts";
import { createIdIndex } from "./id_index.ts";

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
  const { ids, numberOf } = createIdIndex();
  const codes = Int32Array.from(values, numberOf);
  return { ids, codes };
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

/** Rows of a log, user by user: those of user `u` are `rows[offsets[u] … offsets[u + 1])`. */
export interface UserRows {
  rows: Int32Array;
  /** `[users + 1]` */
  offsets: Int32Array;
}

/** Groups a log's rows by user, each user's in the order of the log. */
export function rowsByUser({ userIds, users }: Pick<Interactions, "userIds" | "users">): UserRows {
  const offsets = new Int32Array(userIds.length + 1);
  for (const user of users) offsets[user + 1]++;
  for (let user = 0; user < userIds.length; user++) offsets[user + 1] += offsets[user];
  const next = offsets.slice(0, -1), rows = new Int32Array(users.length);
  users.forEach((user, row) => rows[next[user]++] = row);
  return { rows, offsets };
}

/**
 * Puts each user's items in the order of time.
 *
 * Items of one moment are shuffled: a file's own order (often by item code) would give the next item away.
 */
export function toSequences(interactions: Interactions, generator: Generator): Sequences {
  const { userIds, items, times } = interactions;
  const { rows, offsets } = rowsByUser(interactions);
  for (let user = 0; user < userIds.length; user++) {
    // sorting is stable and so keeps the shuffled order within a moment
    shuffle(generator, rows.subarray(offsets[user], offsets[user + 1])).sort((a, b) => times[a] - times[b]);
  }
  return { items: rows.map((row) => items[row]), offsets };
}

/** Returns the rows of a log without those that repeat a user, item and time, ascending. */
export function distinctRows(interactions: Interactions): Int32Array {
  const { userIds, items, times } = interactions;
  const { rows, offsets } = rowsByUser(interactions);
  const isRepeated = new Uint8Array(rows.length);
  let repeated = 0;
  for (let user = 0; user < userIds.length; user++) {
    const own = rows.subarray(offsets[user], offsets[user + 1])
      .sort((a, b) => items[a] - items[b] || times[a] - times[b] || a - b);
    for (let i = 1; i < own.length; i++) {
      if (items[own[i]] !== items[own[i - 1]] || times[own[i]] !== times[own[i - 1]]) continue;
      isRepeated[own[i]] = 1;
      repeated++;
    }
  }
  const distinct = new Int32Array(rows.length - repeated);
  for (let row = 0, count = 0; row < rows.length; row++) if (!isRepeated[row]) distinct[count++] = row;
  return distinct;
}

/** Returns the rows of a log whose item fits, ascending. */
export function rowsOfItems({ itemIds, items }: Interactions, fits: (id: string) => boolean): Int32Array {
  const isWanted = Uint8Array.from(itemIds, (id) => fits(id) ? 1 : 0);
  return new Int32Array(items.length).map((_, row) => row).filter((row) => isWanted[items[row]] === 1);
}
