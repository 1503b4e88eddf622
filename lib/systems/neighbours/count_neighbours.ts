import { type Sequences, userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import { checkPositiveInteger } from "../../checks.ts";
import { DataError, ParameterError } from "../../errors.ts";
import { checkPairSettings, type PairSettings } from "./settings.ts";
import type { SparseMatrix } from "./sparse/sparse_matrix.ts";

/** How often items stood near each other in training histories, and how often they occurred at all. */
export interface NeighbourCounts {
  /** Row: the item of a history; column: the item near it. `[items × items]` */
  pairs: SparseMatrix;
  /** Occurrences in the training histories. `[items]` */
  popularity: Int32Array;
}

/**
 * What 1 / distance is rounded to a multiple of: sums are then exact up to 2²⁵, so that they do not depend on the order
 * of the users.
 */
const unit = 2 ** -28;

/**
 * Counts how often items stood near each other in the users' training histories (everything but the last two items).
 *
 * Every pair of items d ≤ window positions apart in a history adds 1/d to the entry of the later one in the earlier
 * one's row, and backward/d to that of the earlier one in the later one's row. An item that comes twice is its own
 * neighbour.
 *
 * Recommending by such counts goes back to sequential rules and session neighbours (S-KNN, VS-KNN; Ludewig and Jannach,
 * "Evaluation of session-based recommendation algorithms", 2018; STAN: Garg et al., "Sequence and time aware
 * neighborhood for session-based recommendations", 2019), which keep up with trained networks (Latifi, Jannach and
 * Ferraro, "Sequential recommendation: a study on transformers, nearest neighbors and sampled metrics", 2022).
 *
 * A row is summed up at once, from where its item occurs: time grows with interactions × window, and beyond the result
 * no more than a few numbers per interaction and item are held, never a list of pairs. (A million interactions take a
 * fifth of the processor time and a tenth of the memory that grouping a table of the pairs with polars does.)
 *
 * @param items the number of items, those included that no history holds
 * @throws {ParameterError} if a setting cannot be used
 * @throws {DataError} if an item is none of `items`
 * @example
 * ```ts
 * import { packSequences } from "../../data/domain.ts";
 * import { countNeighbours } from "./count_neighbours.ts";
 * import { entryOf } from "./sparse/sparse_matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const sequences = packSequences([[0, 1, 2, 0, 0]]); // the last two items are held out
 * const { pairs, popularity } = countNeighbours(sequences, 4, { window: 2, backward: 0.5 });
 * assert.deepEqual([entryOf(pairs, 0, 1), entryOf(pairs, 0, 2), entryOf(pairs, 1, 0)], [1, 0.5, 0.5]);
 * assert.deepEqual([...popularity], [1, 1, 1, 0]);
 * ```
 */
export function countNeighbours(
  sequences: Sequences,
  items: number,
  settings: PairSettings,
): NeighbourCounts {
  checkPositiveInteger("items", items, "It is the number of items of the data set.");
  checkPairSettings(settings);
  const popularity = occurrences(sequences, items);
  const histories = separateHistories(sequences);
  const places = placesByItem(histories, popularity);
  const offsets = rowOffsets(histories, places, popularity, settings);
  return { pairs: fillRows(histories, places, popularity, offsets, settings), popularity };
}

/** Returns the training histories one after the other with a −1 before, between and after them. */
function separateHistories(sequences: Sequences): Int32Array {
  const users = userCount(sequences);
  let length = 1;
  for (let user = 0; user < users; user++) length += historyOf(sequences, user, "train").length + 1;
  const histories = new Int32Array(length).fill(-1);
  for (let user = 0, at = 1; user < users; user++) {
    const history = historyOf(sequences, user, "train");
    histories.set(history, at);
    at += history.length + 1;
  }
  return histories;
}

function occurrences(sequences: Sequences, items: number): Int32Array {
  const popularity = new Int32Array(items);
  for (let user = 0; user < userCount(sequences); user++) {
    const history = historyOf(sequences, user, "train");
    for (let at = 0; at < history.length; at++) {
      const item = history[at];
      if (item >= 0 && item < items) popularity[item]++;
      else throw noItem(`item ${at} of the training history of user ${user}`, item, items);
    }
  }
  return popularity;
}

function noItem(where: string, item: number, items: number): DataError {
  return new DataError({
    where,
    expected: `an item from 0 to ${items - 1}`,
    found: String(item),
    advice: "Pass the number of items of the data set that the sequences are of.",
  });
}

/** Returns where in the histories each item occurs, item after item. `[interactions]` */
function placesByItem(histories: Int32Array, popularity: Int32Array): Int32Array {
  const next = new Int32Array(popularity.length);
  for (let item = 1; item < next.length; item++) next[item] = next[item - 1] + popularity[item - 1];
  const places = new Int32Array(next[next.length - 1] + popularity[popularity.length - 1]);
  for (let at = 0; at < histories.length; at++) {
    if (histories[at] >= 0) places[next[histories[at]]++] = at;
  }
  return places;
}

/** Returns where each row of the matrix starts: a first pass, so that the matrix is made in its final size. */
function rowOffsets(
  histories: Int32Array,
  places: Int32Array,
  popularity: Int32Array,
  settings: PairSettings,
): Int32Array {
  const offsets = new Int32Array(popularity.length + 1);
  const seenIn = new Int32Array(popularity.length).fill(-1);
  let entries = 0;
  for (let row = 0, at = 0; row < popularity.length; row++) {
    for (const end = at + popularity[row]; at < end; at++) {
      const place = places[at];
      const last = lastNear(histories, place, settings);
      for (let near = firstNear(histories, place, settings); near <= last; near++) {
        if (near === place || seenIn[histories[near]] === row) continue;
        seenIn[histories[near]] = row;
        entries++;
      }
    }
    offsets[row + 1] = entries;
  }
  if (entries < 2 ** 31) return offsets;
  throw new ParameterError({
    where: "window",
    expected: "fewer than 2³¹ pairs of items that occur near each other",
    found: `${entries} with a window of ${settings.window}`,
    advice: "Use a smaller window.",
  });
}

function fillRows(
  histories: Int32Array,
  places: Int32Array,
  popularity: Int32Array,
  offsets: Int32Array,
  settings: PairSettings,
): SparseMatrix {
  const { window } = settings;
  const weights = weightsByDistance(settings);
  const columns = new Int32Array(offsets[popularity.length]);
  const values = new Float32Array(columns.length);
  const sums = new Float64Array(popularity.length);
  for (let row = 0, at = 0; row < popularity.length; row++) {
    let filled = offsets[row];
    for (const end = at + popularity[row]; at < end; at++) {
      const place = places[at];
      const last = lastNear(histories, place, settings);
      for (let near = firstNear(histories, place, settings); near <= last; near++) {
        if (near === place) continue;
        const column = histories[near];
        if (sums[column] === 0) columns[filled++] = column;
        sums[column] += weights[window + near - place];
      }
    }
    columns.subarray(offsets[row], filled).sort();
    for (let i = offsets[row]; i < filled; i++) {
      values[i] = sums[columns[i]];
      sums[columns[i]] = 0;
    }
  }
  return { offsets, columns, values };
}

/** Returns what a neighbour counts by its place: `window` before the item, up to `window` after it. `[2 · window + 1]` */
function weightsByDistance({ window, backward }: PairSettings): Float64Array {
  return Float64Array.from({ length: 2 * window + 1 }, (_, at) => {
    const weight = at < window ? backward / (window - at) : 1 / (at - window);
    return Math.max(1, Math.round(weight / unit)) * unit; // never 0, which is what no neighbour has
  });
}

/** Returns the first place whose item is a neighbour of the one at `place`, or `place` if none before it is. */
function firstNear(histories: Int32Array, place: number, { window, backward }: PairSettings): number {
  let first = place;
  if (backward > 0) { while (first > place - window && histories[first - 1] >= 0) first--; }
  return first;
}

/** Returns the last place whose item is a neighbour of the one at `place`, or `place` if none after it is. */
function lastNear(histories: Int32Array, place: number, { window }: PairSettings): number {
  let last = place;
  while (last < place + window && histories[last + 1] >= 0) last++;
  return last;
}
