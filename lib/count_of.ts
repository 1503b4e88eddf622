/**
 * Writes how many there are of something, as people do: `1 epoch`, `25 epochs`.
 *
 * @param noun in the singular, with a regular plural
 * @example
 * ```ts
 * import { countOf } from "./count_of.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(countOf(1, "seed"), "1 seed");
 * assert.equal(countOf(0, "seed"), "0 seeds");
 * ```
 */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
