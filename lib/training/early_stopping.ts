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
