import { createGenerator } from "../../random.ts";
import type { Sequences } from "../domain.ts";
import type { Cuts } from "../split_choice.ts";
import { type Interactions, selectRows, toSequences } from "./interactions.ts";
import { kCore } from "./k_core.ts";

/**
 * Returns the rows of a log that are left where it is split by time: of what came before `validFrom` its k-core, and
 * of what came later the rows of users and items that are in it, or that had not come before.
 *
 * So who and what was too rare when training began stays out, whatever came later, and nothing that came later decides
 * what is trained on. The core's rows stand first: its users and items get the first numbers.
 */
export function coreBefore(log: Interactions, validFrom: number, k: number): Int32Array {
  const { userIds, itemIds, users, items, times } = log;
  const rows = new Int32Array(times.length).map((_, row) => row);
  const before = rows.filter((row) => times[row] < validFrom);
  const core = kCore(selectRows(log, before), k).map((row) => before[row]);
  const rare = { users: new Uint8Array(userIds.length), items: new Uint8Array(itemIds.length) };
  for (const [side, isRare] of [[before, 1], [core, 0]] as const) {
    for (const row of side) rare.users[users[row]] = rare.items[items[row]] = isRare;
  }
  const later = rows.filter((row) =>
    times[row] >= validFrom && rare.users[users[row]] === 0 && rare.items[items[row]] === 0
  );
  return concat([core, later]);
}

/**
 * Returns the rows of users who train or are asked: of those who came only later, the ones who have an item to be
 * tested on and another one before `testFrom`.
 */
export function rowsOfUse(
  { userIds, users, times }: Interactions,
  { validFrom, testFrom }: Cuts,
): Int32Array {
  const [trains, validates, tests] = [0, 0, 0].map(() => new Uint8Array(userIds.length));
  users.forEach((user, row) => {
    (times[row] < validFrom ? trains : times[row] < testFrom ? validates : tests)[user] = 1;
  });
  return new Int32Array(users.length).map((_, row) => row)
    .filter((row) => trains[users[row]] === 1 || (validates[users[row]] === 1 && tests[users[row]] === 1));
}

/**
 * Puts each user's items in the order of time, as `toSequences` does, and tells where the parts end.
 *
 * Each part is ordered by itself: what came later does not even change the order of what came at one moment before.
 *
 * @param tieSeed orders what came at one moment
 */
export function toSplitSequences(
  log: Interactions,
  { validFrom, testFrom, times }: Cuts,
  tieSeed: number,
): Sequences {
  const users = log.userIds.length;
  const rows = new Int32Array(log.users.length).map((_, row) => row);
  const parts = [
    rows.filter((row) => log.times[row] < validFrom),
    rows.filter((row) => log.times[row] >= validFrom && log.times[row] < testFrom),
    rows.filter((row) => log.times[row] >= testFrom),
  ].map((own) =>
    toSequences({
      userIds: log.userIds,
      itemIds: log.itemIds,
      users: own.map((row) => log.users[row]),
      items: own.map((row) => log.items[row]),
      times: Float64Array.from(own, (row) => log.times[row]),
    }, createGenerator(tieSeed))
  );
  const items = new Int32Array(log.items.length), offsets = new Int32Array(users + 1);
  const trainEnds = new Int32Array(users), validEnds = new Int32Array(users);
  for (let user = 0, at = 0; user < users; user++) {
    parts.forEach((part, which) => {
      const own = part.items.subarray(part.offsets[user], part.offsets[user + 1]);
      items.set(own, at);
      at += own.length;
      if (which === 0) trainEnds[user] = at - offsets[user];
      if (which === 1) validEnds[user] = at - offsets[user];
    });
    offsets[user + 1] = at;
  }
  return { items, offsets, split: { trainEnds, validEnds, times } };
}

function concat(lists: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
