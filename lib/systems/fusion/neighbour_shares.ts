import { addWays, forEachOf, shareOf } from "../neighbours/reach.ts";
import type { ReadyNeighbours } from "../neighbours/ready.ts";
import { ways } from "../neighbours/settings.ts";
import {
  addRow,
  addTo,
  clearSum,
  createSum,
  type SparseSum,
  totalOf,
} from "../neighbours/sparse/sparse_sum.ts";

/** What one history leads to: the items, and of each its share by each way. */
export interface NeighbourShares {
  items: Int32Array;
  /** A way's shares of all items are together 1, or 0 where it leads nowhere. `[items × ways]` */
  shares: Float32Array;
}

/**
 * Returns a reader of what histories lead to.
 *
 * @param ready counts with similar texts, whose settings smooth; or counts alone, whose only way is `counts`
 */
export function readNeighbourShares(ready: ReadyNeighbours): (history: ArrayLike<number>) => NeighbourShares {
  const { counts: { pairs }, scale, settings: { decay }, items: itemCount } = ready;
  const seen = createSum(itemCount);
  const counted = ready.ways ? null : createSum(itemCount);

  function sumsOf(history: ArrayLike<number>): (SparseSum | null)[] {
    if (!counted) {
      const sums = addWays(ready, history);
      return ways.map((way) => sums[way]);
    }
    forEachOf(history, decay, (item, weight) => addRow(counted, pairs, item, weight * scale[item]));
    return ways.map((way) => way === "counts" ? counted : null);
  }

  return (history) => {
    const sums = sumsOf(history);
    for (const sum of sums) {
      for (let at = 0; at < (sum?.count ?? 0); at++) addTo(seen, sum!.touched[at], 1);
    }
    const items = seen.touched.slice(0, seen.count);
    const shares = new Float32Array(items.length * ways.length);
    sums.forEach((sum, way) => {
      if (!sum) return;
      const total = totalOf(sum);
      items.forEach((item, at) => shares[at * ways.length + way] = shareOf(sum, item, total));
      clearSum(sum);
    });
    clearSum(seen);
    return { items, shares };
  };
}
