/** Tokens of a batch, padding included: larger batches leave the processor's cache and take more time per token. */
const batchTokens = 512;
/** The share of a batch that may be padding. */
const paddingLimit = 0.1;

/**
 * Groups sequences of similar length, the longest first, so that little is padded.
 *
 * The batches depend on nothing but the lengths: that is what makes an interrupted encoding go on as if it had not been.
 *
 * @param lengths tokens of each sequence `[sequences]`
 * @returns the sequences' indices, batch by batch
 * @example
 * ```ts
 * import { planBatches } from "./batches.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(planBatches([5, 30, 5, 31]), [[3, 1], [0, 2]]);
 * ```
 */
export function planBatches(lengths: ArrayLike<number>): number[][] {
  const order = Array.from(lengths, (_, i) => i).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const batches: number[][] = [];
  let batch: number[] = [], longest = 0, sum = 0;
  for (const sequence of order) {
    const size = (batch.length + 1) * longest;
    const padding = size - sum - lengths[sequence];
    if (batch.length === 0 || size > batchTokens || padding > paddingLimit * size) {
      batches.push(batch = []);
      longest = lengths[sequence];
      sum = 0;
    }
    batch.push(sequence);
    sum += lengths[sequence];
  }
  return batches;
}

/** Returns the share of all batches' tokens that is padding. */
export function paddingShare(lengths: ArrayLike<number>, batches: readonly number[][]): number {
  let size = 0, sum = 0;
  for (const batch of batches) {
    size += batch.length * Math.max(...batch.map((sequence) => lengths[sequence]));
    for (const sequence of batch) sum += lengths[sequence];
  }
  return size === 0 ? 0 : (size - sum) / size;
}
