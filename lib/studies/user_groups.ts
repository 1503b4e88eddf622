import { ParameterError } from "../errors.ts";
import { quantiles } from "../evaluation/quantiles.ts";

/** Test users who have something in common. */
export interface UserGroup {
  /** Such as `[5, 10)`, or `4` where that is the only number. */
  name: string;
  /** Ascending; never none. */
  users: Int32Array;
}

/** A way to group users. */
export interface Grouping {
  /** What they are grouped by, in words. */
  by: string;
  groups: readonly UserGroup[];
}

/**
 * Groups users by a number of each, and leaves out groups without users.
 *
 * @param values whole numbers of at least 0; −1 for a user who is in no group. `[users]`
 * @param boundaries where one group ends and the next begins, ascending; the last group has no end
 * @throws {ParameterError} if the boundaries are not ascending integers above 1
 */
export function groupUsers(values: Int32Array, boundaries: readonly number[]): UserGroup[] {
  checkBoundaries(boundaries);
  const starts = [0, 1, ...boundaries];
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? Infinity;
    const users = Int32Array.from(values.keys()).filter((user) =>
      values[user] >= start && values[user] < end
    );
    return { name: nameOf(start, end), users };
  }).filter(({ users }) => users.length > 0);
}

/** Returns boundaries between five groups of about as many users each, of those whose number is above 0. */
export function fifths(values: Int32Array): number[] {
  const known = values.filter((value) => value > 0);
  const ends = quantiles(known, [0.2, 0.4, 0.6, 0.8]).map(Math.ceil);
  // the filter also leaves out what too few users have no number for
  return [...new Set(ends)].filter((boundary) => boundary > 1);
}

function nameOf(start: number, end: number): string {
  if (end === start + 1) return String(start);
  return end === Infinity ? `${start}+` : `[${start}, ${end})`;
}

function checkBoundaries(boundaries: readonly number[]): void {
  const isAscending = boundaries.every((boundary, at) =>
    Number.isInteger(boundary) && boundary > (boundaries[at - 1] ?? 1)
  );
  if (isAscending) return;
  throw new ParameterError({
    where: "boundaries",
    expected: "ascending integers above 1",
    found: JSON.stringify(boundaries),
    advice: "For example [5, 10, 15, 20], as in the paper's Figure 4.",
  });
}
