import { EngineError } from "../errors.ts";

/** What early stopping remembers; plain numbers, so that it can go into a checkpoint. */
export type EarlyStopping = {
  /** The highest metric so far, and its epoch; null before the first epoch. */
  readonly best: { readonly epoch: number; readonly metric: number } | null;
  /** Epochs since then. */
  readonly epochsWithoutImprovement: number;
};

/** Before the first epoch. */
export const notYetTrained: EarlyStopping = { best: null, epochsWithoutImprovement: 0 };

/**
 * Takes an epoch's validation metric into account. Only a strictly higher metric is an improvement.
 *
 * @param metric larger is better, such as NDCG@10
 * @throws {EngineError} if the metric is not finite
 * @example
 * ```ts
 * import { isExhausted, notYetTrained, observe } from "./early_stopping.ts";
 * import assert from "node:assert/strict";
 *
 * let stopping = notYetTrained;
 * [0.04, 0.06, 0.05].forEach((metric, epoch) => stopping = observe(stopping, epoch, metric));
 * assert.deepEqual(stopping.best, { epoch: 1, metric: 0.06 });
 * assert.ok(isExhausted(stopping, 1) && !isExhausted(stopping, 10));
 * ```
 */
export function observe(stopping: EarlyStopping, epoch: number, metric: number): EarlyStopping {
  if (!Number.isFinite(metric)) {
    throw new EngineError({
      where: `validation metric of epoch ${epoch}`,
      expected: "a finite number",
      found: String(metric),
      advice: "Training has diverged: use a smaller learning rate.",
    });
  }
  if (stopping.best === null || metric > stopping.best.metric) {
    return { best: { epoch, metric }, epochsWithoutImprovement: 0 };
  }
  return { ...stopping, epochsWithoutImprovement: stopping.epochsWithoutImprovement + 1 };
}

/**
 * Says whether the metric has not improved for `patience` epochs, so that training ends.
 *
 * @param patience 10 in the paper
 */
export function isExhausted(stopping: EarlyStopping, patience: number): boolean {
  return stopping.epochsWithoutImprovement >= patience;
}

/** How long training may go on. */
export interface StoppingLimits {
  /** The most epochs. */
  epochs: number;
  /** Training ends after this many epochs without a better metric. */
  patience: number;
}

/**
 * Returns where training with these limits stands, or would have ended, after epochs that are known.
 *
 * @param metrics of every epoch
 * @example
 * ```ts
 * import { replayStopping } from "./early_stopping.ts";
 * import assert from "node:assert/strict";
 *
 * const metrics = [0.04, 0.06, 0.05, 0.05, 0.07];
 * assert.equal(replayStopping(metrics, { epochs: 300, patience: 2 }).epochs, 4);
 * assert.equal(replayStopping(metrics, { epochs: 3, patience: 10 }).epochs, 3);
 * assert.deepEqual(replayStopping(metrics, { epochs: 300, patience: 10 }).stopping.best, { epoch: 4, metric: 0.07 });
 * ```
 */
export function replayStopping(
  metrics: readonly number[],
  limits: StoppingLimits,
): { epochs: number; stopping: EarlyStopping } {
  let stopping = notYetTrained;
  let epochs = 0;
  while (epochs < Math.min(metrics.length, limits.epochs) && !isExhausted(stopping, limits.patience)) {
    stopping = observe(stopping, epochs, metrics[epochs]);
    epochs++;
  }
  return { epochs, stopping };
}

/**
 * Says whether the best of all epochs that are known is also what training with these limits would have ended with.
 *
 * @param metrics of every epoch
 */
export function isBestWithin(metrics: readonly number[], limits: StoppingLimits): boolean {
  const { best } = replayStopping(metrics, { epochs: Infinity, patience: Infinity }).stopping;
  return best === null || best.epoch < replayStopping(metrics, limits).epochs;
}
