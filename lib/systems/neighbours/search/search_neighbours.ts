import type { Sequences } from "../../../data/domain.ts";
import { meanMetric, type MetricName, parseMetric } from "../../../evaluation/metrics.ts";
import { countNeighbours } from "../count_neighbours.ts";
import { rankReadings, type Reading } from "./search_readings.ts";
import { searchSmoothing, smoothingTrials } from "./search_smoothing.ts";
import type { NeighbourSettings, PairSettings } from "../settings.ts";
import type { SparseMatrix } from "../sparse/sparse_matrix.ts";

/** Settings, and how well they rank the validation items. */
export interface TriedSettings {
  settings: NeighbourSettings;
  /** The metric's mean over the users. */
  value: number;
}

/** What a search wants to know. */
export interface NeighbourSearch {
  /** What the settings are chosen by; NDCG@10 by default. */
  metric?: MetricName;
  /** Similar texts, from `textNeighbours`, to search the weights of smoothing too; null, the default, for counts alone. */
  smoothing?: SparseMatrix | null;
  /** Is told how many settings have been tried, of how many, and the best so far. */
  observe?: (progress: { done: number; total: number; best: TriedSettings }) => void | Promise<void>;
}

const pairGrid: readonly PairSettings[] = [
  { window: 3, backward: 1 },
  { window: 10, backward: 1 },
  { window: 10, backward: 0.5 },
  { window: 50, backward: 1 },
];
const readingGrid: readonly Reading[] = [0.3, 0.5, 0.7].flatMap((power) =>
  [0.6, 0.8, 0.95].map((decay) => ({ power, decay }))
);

/**
 * Returns the settings that rank the users' validation items best: of a grid, those of the counts; then, given similar
 * texts, the weights of smoothing by coordinate ascent.
 *
 * Of equally good settings the first that were tried are the best. Nothing is drawn at random.
 *
 * @param items the number of items
 * @returns the best settings, and all that were tried, in their order
 * @throws {ParameterError} if there is no such metric, or no user
 * @throws {DataError} if an item is none of `items`, or the similar texts are of another number of items
 * @example
 * ```ts
 * import { packSequences } from "../../../data/domain.ts";
 * import { searchNeighbours } from "./search_neighbours.ts";
 * import assert from "node:assert/strict";
 *
 * const sequences = packSequences([[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]]);
 * const { best, tried } = await searchNeighbours(sequences, 4, { metric: "MRR@3" });
 * assert.equal(tried.length, 36);
 * assert.equal(best.value, Math.max(...tried.map(({ value }) => value)));
 * ```
 */
export async function searchNeighbours(
  sequences: Sequences,
  items: number,
  { metric = "NDCG@10", smoothing = null, observe }: NeighbourSearch = {},
): Promise<{ best: TriedSettings; tried: TriedSettings[] }> {
  const { cutoff } = parseMetric(metric);
  const valueOf = (ranks: Int32Array) => meanMetric(ranks, metric);
  const total = pairGrid.length * readingGrid.length + (smoothing === null ? 0 : smoothingTrials);
  const tried: TriedSettings[] = [];
  let best: TriedSettings | null = null;
  async function note(settings: NeighbourSettings, value: number): Promise<void> {
    const latest = { settings, value };
    tried.push(latest);
    if (best === null || value > best.value) best = latest;
    await observe?.({ done: tried.length, total, best });
  }
  for (const pairs of pairGrid) {
    const ranks = rankReadings(sequences, countNeighbours(sequences, items, pairs), readingGrid);
    for (const [i, reading] of readingGrid.entries()) {
      await note({ ...pairs, ...reading, smoothing: null }, valueOf(ranks[i]));
    }
  }
  const { settings } = best!;
  if (smoothing !== null) {
    const counts = countNeighbours(sequences, items, settings);
    await searchSmoothing(
      sequences,
      { settings, counts, texts: smoothing },
      cutoff,
      valueOf,
      (weights, value) => note({ ...settings, smoothing: weights }, value),
    );
  }
  return { best: best!, tried };
}
