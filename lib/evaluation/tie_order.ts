/**
 * Returns an item's place among items with the same score: the smaller number comes first.
 *
 * The order is a fixed shuffle of the items, so that it does not favour what an index often goes with, such as
 * popularity: items that share one text feature vector, or all items under a model that scores them alike, come out
 * as they would by chance, and the same in every run.
 */
export function tieOrder(item: number): number {
  return Math.imul(item + 1, 0x9e3779b1) >>> 0; // multiplication by an odd number is a bijection of 32-bit integers
}

/** Returns `tieOrder` less 2³¹: the same order in signed 32-bit integers, as a program takes them. */
export function signedTieOrder(item: number): number {
  return tieOrder(item) - 2 ** 31;
}
