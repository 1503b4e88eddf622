import assert from "node:assert/strict";
import { systems } from "../../lib/systems/registry.ts";
import type { System, TrainedRecommender, TrainOptions, Workplace } from "../../lib/systems/system.ts";
import { engine, namedDomain, sizes } from "./train_system.ts";

/** What all systems are trained on here, and where they learn from first. */
export const target = namedDomain("Target");
export const sources = [namedDomain("First", { seed: 6 })];

/** Trains for a moment. */
export const shortOptions: TrainOptions = {
  sizes,
  learningRate: 3e-3,
  batchSize: 64,
  epochs: 2,
  patience: 2,
  seed: 1,
  sources,
  pretraining: { learningRate: 3e-3, batchSize: 64, epochs: 1, patience: 1 },
};

/** Where runs are not kept. */
export const place: Workplace = { engine, runs: null };

/** Histories of one item, of a few, of more than a network reads, and with an item twice. */
export const histories: Int32Array[] = [
  Int32Array.of(4),
  Int32Array.of(7, 2, 9),
  Int32Array.from({ length: 25 }, (_, at) => 7 * at % target.itemIds.length),
  Int32Array.of(5, 6, 5),
];

/** Every system of the registry, trained once for all tests of a file: by gradients or by counting. */
export const recommenders: { name: string; system: System; train: () => Promise<TrainedRecommender> }[] =
  systems
    .map((system) => {
      let trained: Promise<TrainedRecommender> | undefined;
      return { name: system.name, system, train: () => trained ??= trainShortly(system) };
    });

async function trainShortly(system: System): Promise<TrainedRecommender> {
  return await (await system.plan(target, shortOptions)).train(place);
}

/** Asserts that scores are equal to a share of the largest. */
export function assertSameScores(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assert.equal(found.length, expected.length);
  let [largest, apart] = [1, 0];
  for (let at = 0; at < expected.length; at++) {
    if (found[at] === expected[at]) continue; // of two equal infinities the difference is no number
    largest = Math.max(largest, Math.abs(expected[at]));
    apart = Math.max(apart, Math.abs(found[at] - expected[at]));
  }
  assert.ok(apart <= tolerance * largest, `${apart} apart, of ${largest}`);
}
