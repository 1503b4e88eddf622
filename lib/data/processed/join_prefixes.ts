import { DataError } from "../../errors.ts";
import { packSequences, sequenceOf, type Sequences } from "../domain.ts";
import type { InterTable } from "./read_inter.ts";

/** How many of the last items a line of the processed format shows of its history. */
export const historyLimit = 50;

/** The three `.inter` files of a processed folder. */
export interface InterParts {
  train: InterTable;
  valid: InterTable;
  test: InterTable;
}

/**
 * Puts users' whole sequences together from the lines of the processed format, which hold one (history, next item)
 * each and show no more than the last 50 items of a history.
 *
 * @throws {DataError} if a user's lines are not those of one sequence, or are too few
 */
export function joinPrefixes(parts: InterParts, users: number): Sequences {
  const train = groupRows(parts.train, users);
  const valid = groupRows(parts.valid, users);
  const test = groupRows(parts.test, users);
  return packSequences(Array.from({ length: users }, (_, user) => {
    const validRow = onlyRow(parts.valid, valid[user], user);
    const testRow = onlyRow(parts.test, test[user], user);
    const rows = shortestFirst(parts.train, train[user]);
    const first = rows.length > 0
      ? sequenceOf(parts.train.histories, rows[0])
      : sequenceOf(parts.valid.histories, validRow);
    const sequence = [first[0]];
    for (const row of rows) append(sequence, parts.train, row);
    append(sequence, parts.valid, validRow);
    append(sequence, parts.test, testRow);
    return sequence;
  }));
}

function groupRows(table: InterTable, users: number): number[][] {
  const groups: number[][] = Array.from({ length: users }, () => []);
  table.users.forEach((user, row) => groups[user].push(row));
  return groups;
}

/** Returns a user's training rows from the shortest history on: files list them upwards or downwards. */
function shortestFirst({ histories }: InterTable, rows: number[]): number[] {
  const downwards = rows.length > 1 &&
    sequenceOf(histories, rows[0]).length > sequenceOf(histories, rows[rows.length - 1]).length;
  return downwards ? rows.reverse() : rows;
}

function onlyRow({ path }: InterTable, rows: number[], user: number): number {
  if (rows.length === 1) return rows[0];
  throw new DataError({
    where: rows.length > 1 ? `${path}:${rows[1] + 2}` : path,
    expected: `one line of user ${user}`,
    found: rows.length === 0 ? "none" : `${rows.length}`,
    advice: rows.length === 0
      ? "Each user needs three items or more: one each to train, validate and test."
      : "Leave one of the lines: a user has a single item here, which ends the sequence so far.",
  });
}

function append(sequence: number[], { path, histories, targets }: InterTable, row: number): void {
  const history = sequenceOf(histories, row);
  const start = Math.max(0, sequence.length - historyLimit);
  if (history.length !== sequence.length - start || history.some((item, i) => item !== sequence[start + i])) {
    throw new DataError({
      where: `${path}:${row + 2}`,
      expected: `the history ${excerpt(sequence.slice(start))}, which the user's shorter lines give`,
      found: excerpt([...history]),
      advice:
        `Make the files again: a user has one training line per prefix, cut to the last ${historyLimit} items.`,
    });
  }
  sequence.push(targets[row]);
}

function excerpt(items: number[]): string {
  return items.length > 8 ? `… ${items.slice(-8).join(" ")} (${items.length} items)` : items.join(" ");
}
