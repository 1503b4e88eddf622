import type { PackedBatch } from "./packing.ts";

/**
 * Hides the items at a batch's queries behind the mask: they are what is to be predicted there.
 *
 * @param mask the number of the mask, one more than the last item's
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { maskQueries } from "./mask_queries.ts";
 * import { packBatches } from "./packing.ts";
 * import assert from "node:assert/strict";
 *
 * const segment = { user: 0, start: 0, length: 3, firstQuery: 2 };
 * const shape = { rows: 1, length: 3, capacity: 1 };
 * const [batch] = packBatches([segment], packSequences([[5, 6, 7]]), shape);
 * const masked = maskQueries(batch, 8);
 * assert.deepEqual([...masked.items], [5, 6, 8]);
 * assert.deepEqual([...masked.targets], [7]);
 * ```
 */
export function maskQueries(batch: PackedBatch, mask: number): PackedBatch {
  const items = batch.items.slice();
  const targets = new Int32Array(batch.targets.length);
  for (let i = 0; i < batch.instances; i++) {
    targets[i] = batch.items[batch.queries[i]];
    items[batch.queries[i]] = mask;
  }
  return { ...batch, items, targets };
}
