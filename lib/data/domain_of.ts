import type { Domain } from "./domain.ts";
import { cellText } from "./reading/plain_text.ts";
import { isMissing } from "./reading/missing.ts";
import { cleanId } from "./reading/table.ts";
import { parseTimes } from "./reading/times.ts";
import { saysSomething } from "./says_something.ts";
import { makeDomain } from "./log/raw_data.ts";
import { createIdIndex } from "./log/id_index.ts";
import { growing } from "./log/growing.ts";
import { noWholeRow } from "./reading/row_report.ts";

/** Somebody chose something at some time. */
export interface Row {
  /** Who chose: any identifier. */
  user: string | number;
  /** What was chosen: any identifier. */
  item: string | number;
  /** A moment, as a date or written in one of the ways that files may have it, or any number that grows. */
  time: Date | string | number;
  /** Words that describe the item; the first ones that say something count. */
  text?: string;
}

/**
 * Makes a domain of rows in memory, as the readers of files do: rows without a user, an item or a time go, and those
 * that repeat another one, items without a text where others have one, and whatever is not in the 5-core.
 *
 * @param name what the domain is called
 * @param say is told what was left out
 * @throws {DataError} if no row is whole, a time is none, or nothing is left
 * @example
 * ```ts
 * import { domainOf } from "./domain_of.ts";
 * import assert from "node:assert/strict";
 *
 * const days = [1, 2, 3, 4, 5];
 * const rows = days.flatMap((user) =>
 *   days.map((day) => ({ user: `u${user}`, item: `i${day}`, time: `2024-05-0${day}`, text: `lamp ${day}` }))
 * );
 * const { itemTexts, sequences } = await domainOf(rows, "Lamps", () => {});
 * assert.deepEqual(itemTexts, ["lamp 1", "lamp 2", "lamp 3", "lamp 4", "lamp 5"]);
 * assert.deepEqual([...sequences.items.subarray(0, 5)], [0, 1, 2, 3, 4]);
 * ```
 */
export async function domainOf(
  rows: Iterable<Row>,
  name: string,
  say: (line: string) => void = console.info,
): Promise<Domain> {
  const [userIndex, itemIndex] = [createIdIndex(), createIdIndex()];
  const users = growing(Int32Array), items = growing(Int32Array), times = growing(Float64Array);
  const texts = new Map<string, string>();
  const skipped = { user: 0, item: 0, time: 0 };
  const written: string[] = [], writtenRows: number[] = [];
  let count = 0;
  for (const { user, item, time, text } of rows) {
    count++;
    const [userId, itemId] = [user, item].map((id) => cleanId(String(id ?? "")));
    const said = typeof time === "string" ? time.trim() : time;
    if (isMissing(userId)) skipped.user++;
    else if (isMissing(itemId)) skipped.item++;
    else if (
      said === undefined || said === null || (typeof said === "string" ? isMissing(said) : isNaN(+said))
    ) {
      skipped.time++;
    } else {
      users.push(userIndex.numberOf(userId));
      items.push(itemIndex.numberOf(itemId));
      if (typeof said === "string") {
        writtenRows.push(times.values().length);
        written.push(said);
      }
      times.push(typeof said === "string" ? NaN : Number(said));
      const words = cellText(text ?? "");
      if (saysSomething(words) && !texts.has(itemId)) texts.set(itemId, words);
    }
  }
  const where = `rows of ${name}`;
  const moments = times.values();
  if (moments.length === 0) {
    throw noWholeRow(where, count, "a row with a user, an item and a time", "Check the rows' fields.");
  }
  parseTimes(where, written, writtenRows).forEach((moment, i) => moments[writtenRows[i]] = moment);
  return await makeDomain(
    {
      interactions: {
        userIds: userIndex.ids,
        itemIds: itemIndex.ids,
        users: users.values(),
        items: items.values(),
        times: moments,
      },
      report: {
        path: where,
        encoding: "UTF-8",
        rows: count,
        skipped: [
          { reason: "without a user", rows: skipped.user },
          { reason: "without an item", rows: skipped.item },
          { reason: "without a time", rows: skipped.time },
        ],
      },
      readTexts: texts.size === 0 ? null : () => Promise.resolve({ texts, report: null }),
    },
    name,
    say,
  );
}
