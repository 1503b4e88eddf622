import type { FeatureTable, Sequences } from "../data/domain.ts";
import { createGenerator, shuffle } from "../random.ts";
import { directionsOf } from "../text/geometry/cosine.ts";
import { itemsOf, type Transition } from "./transitions.ts";

/** One side of a search: transitions of a domain, and a vector for each of its items. */
export interface TransitionSide {
  sequences: Sequences;
  /** Comparable with the other side's: centred, and of the same width. `[items × width]` */
  vectors: FeatureTable;
  transitions: readonly Transition[];
}

/** A transition in each of two domains that mean much the same. */
export interface MatchedTransitions {
  source: Transition;
  target: Transition;
  /** Of the two differences, end minus start. */
  transitionCosine: number;
  /** Of the two start items. */
  startCosine: number;
  /** Of the two end items. */
  endCosine: number;
}

/** Pairs of items with a higher cosine are near-identical: their difference is noise. */
const nearIdentical = 0.9;
/** The most transitions compared, so that real data take seconds: the time grows with their product. */
const mostTransitions = { source: 10_000, target: 2_000 };

/** Transitions ready to be compared: unit vectors, row by row. */
interface Vectors {
  transitions: Transition[];
  /** `[transitions × width]` */
  starts: Float32Array;
  /** `[transitions × width]` */
  ends: Float32Array;
  /** `[transitions × width]` */
  differences: Float32Array;
}

/**
 * Finds transitions of the target that resemble transitions of the source, the most alike first.
 *
 * How much two are alike is the smallest of three cosines: of the start items, of the end items, and of the differences
 * f(end) − f(start), which alone may be alike because the starts are and the ends are anything else. Of each side's transitions only one between the same two items is taken, and of more than 10,000
 * in the source or 2,000 in the target a random choice. Every transition is in one result at most.
 *
 * @param count how many are wanted; fewer are returned where there are no more
 * @param seed of the random choice
 * @throws {DataError} if a vector is not finite, or fewer than two items have one of some length
 * @example
 * ```ts
 * import { packSequences } from "../data/domain.ts";
 * import { listTransitions } from "./transitions.ts";
 * import { matchTransitions } from "./transitions_by_vectors.ts";
 * import assert from "node:assert/strict";
 *
 * const vectors = { values: Float32Array.of(1, 0, 0, 1, -1, 0), rows: 3, width: 2 };
 * const side = (lists: number[][]) => {
 *   const sequences = packSequences(lists);
 *   return { sequences, vectors, transitions: listTransitions(sequences, { ends: "every", reach: 1 }) };
 * };
 * const [best] = matchTransitions(side([[1, 2], [0, 1]]), side([[0, 1]]), { count: 1, seed: 1 });
 * assert.equal(best.source.user, 1); // which also went from item 0 to item 1
 * ```
 */
export function matchTransitions(
  source: TransitionSide,
  target: TransitionSide,
  { count, seed }: { count: number; seed: number },
): MatchedTransitions[] {
  const left = vectorsOf(source, mostTransitions.source, seed);
  const right = vectorsOf(target, mostTransitions.target, seed);
  const matches = right.transitions.map((_, row) => mostAlike(left, right, row, source.vectors.width))
    .filter((match) => match !== null)
    .sort((one, other) => likeness(other) - likeness(one));
  const taken = new Set<Transition>();
  return matches.filter(({ source }) => !taken.has(source) && taken.add(source)).slice(0, count);
}

/** Returns how much two transitions are alike: the smallest of their cosines. */
export function likeness({ transitionCosine, startCosine, endCosine }: MatchedTransitions): number {
  return Math.min(transitionCosine, startCosine, endCosine);
}

function vectorsOf({ sequences, vectors, transitions }: TransitionSide, most: number, seed: number): Vectors {
  const { rows, width, values } = vectors;
  const { lengths } = directionsOf(vectors);
  const seen = new Set<number>();
  const kept: Transition[] = [];
  for (const transition of shuffle(createGenerator(seed), transitions.slice())) {
    if (kept.length === most) break;
    const [from, to] = itemsOf(sequences, transition);
    const pair = from * rows + to;
    if (seen.has(pair) || lengths[from] === 0 || lengths[to] === 0) continue;
    seen.add(pair);
    const product = dot(values, from * width, values, to * width, width);
    if (product <= nearIdentical * lengths[from] * lengths[to]) kept.push(transition);
  }
  const pairs = kept.map((transition) => itemsOf(sequences, transition));
  const entry = (item: number, i: number) => values[item * width + i];
  return {
    transitions: kept,
    starts: unitRows(pairs.length, width, (at, i) => entry(pairs[at][0], i)),
    ends: unitRows(pairs.length, width, (at, i) => entry(pairs[at][1], i)),
    differences: unitRows(pairs.length, width, (at, i) => entry(pairs[at][1], i) - entry(pairs[at][0], i)),
  };
}

/** Makes rows of length 1. `[rows × width]` */
function unitRows(rows: number, width: number, entry: (row: number, column: number) => number): Float32Array {
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const vector = values.subarray(row * width, (row + 1) * width);
    for (let i = 0; i < width; i++) vector[i] = entry(row, i);
    const length = Math.sqrt(dot(vector, 0, vector, 0, width));
    for (let i = 0; i < width; i++) vector[i] /= length;
  }
  return values;
}

/** Finds the source transition that is most like the target's at `row`. */
function mostAlike(left: Vectors, right: Vectors, row: number, width: number): MatchedTransitions | null {
  let best: MatchedTransitions | null = null;
  let most = -Infinity;
  for (let i = 0; i < left.transitions.length; i++) {
    const cosine = (vectors: "starts" | "ends" | "differences") =>
      dot(left[vectors], i * width, right[vectors], row * width, width);
    // where one cosine is not above the best so far, the smallest is not either
    const startCosine = cosine("starts");
    if (startCosine <= most) continue;
    const endCosine = cosine("ends");
    if (endCosine <= most) continue;
    const transitionCosine = cosine("differences");
    if (transitionCosine <= most) continue;
    best = {
      source: left.transitions[i],
      target: right.transitions[row],
      transitionCosine,
      startCosine,
      endCosine,
    };
    most = likeness(best);
  }
  return best;
}

function dot(a: Float32Array, from: number, b: Float32Array, other: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += a[from + i] * b[other + i];
  return sum;
}
