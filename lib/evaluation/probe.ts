import { CheckpointError } from "../errors.ts";
import type { ItemScorer } from "./item_scorer.ts";

/** Scores of some items after one history: what a recommender's file is checked by when it is opened. */
export interface Probe {
  /** Item indices. */
  history: Int32Array;
  /** Of every so many-th item, from the first. */
  scores: Float32Array;
}

/** Items of the history, and those whose scores are kept. */
const mostItems = { history: 5, scores: 256 };

/** Two engines agree to this share of the largest score, other models do not. */
const tolerance = 1e-4;

/** Returns what a scorer gives after a history of items from all over the domain. */
export async function probe(scorer: Pick<ItemScorer, "score">, items: number): Promise<Probe> {
  const history = spread(items, mostItems.history);
  const scores = await scorer.score([history]);
  return { history, scores: Float32Array.from(spread(items, mostItems.scores), (item) => scores[item]) };
}

/**
 * Checks that a recommender that was opened scores as the one that was saved.
 *
 * Names and shapes of parameters do not tell whether the code that reads them still computes the same: the number of
 * heads, a temperature or an activation may have changed.
 *
 * @param path of the file
 * @throws {CheckpointError} if it does not
 */
export async function checkProbe(
  scorer: Pick<ItemScorer, "score">,
  items: number,
  saved: Probe,
  path: string,
): Promise<void> {
  const scores = await scorer.score([saved.history]);
  const compared = spread(items, mostItems.scores);
  const largest = saved.scores.filter(Number.isFinite).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  let apart = saved.scores.length === compared.length ? 0 : Infinity;
  compared.forEach((item, at) => {
    // of two equal infinities the difference is no number
    if (scores[item] !== saved.scores[at]) {
      apart = Math.max(apart, Math.abs(scores[item] - saved.scores[at]));
    }
  });
  if (apart <= tolerance * largest) return;
  throw new CheckpointError({
    where: path,
    expected: "a model that scores as the one that was saved",
    found: `scores that differ by up to ${apart} of ${largest}`,
    advice:
      "The code of the model has changed since: train it anew, or open the file with the code that wrote it.",
  });
}

/** Returns at most so many items, evenly from all over. */
function spread(items: number, most: number): Int32Array {
  const step = Math.ceil(items / most);
  return Int32Array.from({ length: Math.ceil(items / step) }, (_, at) => at * step);
}
