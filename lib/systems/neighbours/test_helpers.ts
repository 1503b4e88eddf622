import fc from "fast-check";
import { packSequences, type Sequences, userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import { createGenerator, normals } from "../../random.ts";
import { countNeighbours } from "./count_neighbours.ts";
import type { Neighbours } from "./ready.ts";
import type { NeighbourSettings, PairSettings, SmoothingWeights } from "./settings.ts";
import type { SparseMatrix } from "./sparse/sparse_matrix.ts";
import { textNeighbours } from "./texts/text_neighbours.ts";

/** A matrix with all its entries. */
export type Dense = number[][];

/** Returns the entries of a sparse matrix, zeros included. */
export function denseOf({ offsets, columns, values }: SparseMatrix, items: number): Dense {
  const dense = Array.from({ length: offsets.length - 1 }, () => new Array(items).fill(0));
  dense.forEach((row, i) => {
    for (let at = offsets[i]; at < offsets[i + 1]; at++) row[columns[at]] = values[at];
  });
  return dense;
}

/** Counts pairs as the definition says it. */
export function naiveCounts(sequences: Sequences, items: number, { window, backward }: PairSettings): Dense {
  const counts = Array.from({ length: items }, () => new Array(items).fill(0));
  for (let user = 0; user < userCount(sequences); user++) {
    const history = [...historyOf(sequences, user, "train")];
    history.forEach((before, i) =>
      history.slice(i + 1, i + 1 + window).forEach((after, at) => {
        counts[before][after] += 1 / (at + 1);
        counts[after][before] += backward / (at + 1);
      })
    );
  }
  return counts;
}

/** Returns the scores of all items, less those of popularity, with products of whole matrices. */
export function naiveScores(
  { power, decay, smoothing }: NeighbourSettings,
  counts: Dense,
  texts: Dense | null,
  popularity: ArrayLike<number>,
  history: readonly number[],
): number[] {
  const scaled = counts.map((row, item) =>
    row.map((value) => value * Math.max(1, popularity[item]) ** -power)
  );
  const weights = counts.map(() => 0);
  history.slice(-20).reverse().forEach((item, age) => weights[item] += decay ** age);
  const counted = times(weights, scaled);
  if (smoothing === null) return counted;
  const shares: Record<keyof SmoothingWeights, number[]> = {
    counts: counted,
    toSimilar: times(counted, texts!),
    fromSimilar: times(times(weights, texts!), scaled),
    text: times(weights, texts!),
  };
  const sum = Object.values(smoothing).reduce((sum, weight) => sum + weight, 0);
  return counts.map((_, item) =>
    (Object.keys(shares) as (keyof SmoothingWeights)[]).reduce((score, way) => {
      const total = shares[way].reduce((sum, value) => sum + value, 0);
      return score + smoothing[way] * (total > 0 ? shares[way][item] / total : 0) / sum;
    }, 0)
  );
}

function times(row: readonly number[], matrix: Dense): number[] {
  return matrix[0].map((_, column) => row.reduce((sum, value, i) => sum + value * matrix[i][column], 0));
}

/** Items of the random data: some that nobody has, and one without a text. */
export const randomItems = 12;

/** Random histories of few items, so that pairs come up again; some too short to train on. */
export const randomSequences: fc.Arbitrary<Sequences> = fc.array(
  fc.array(fc.nat(randomItems - 3), { minLength: 3, maxLength: 12 }),
  { minLength: 1, maxLength: 8 },
).map(packSequences);

export const randomHistory: fc.Arbitrary<number[]> = fc.array(fc.nat(randomItems - 1), { maxLength: 25 });

/** Settings of counts alone. */
export const randomSettings: fc.Arbitrary<NeighbourSettings> = fc.record({
  window: fc.integer({ min: 1, max: 6 }),
  backward: fc.constantFrom(0, 0.5, 1),
  power: fc.constantFrom(0, 0.3, 1),
  decay: fc.constantFrom(0.5, 0.8, 1),
  smoothing: fc.constant(null),
}, { noNullPrototype: true });

const randomWeight = fc.constantFrom(0, 0.25, 1);

/** Neighbours of random data, with smoothing and without. */
export const randomNeighbours: fc.Arbitrary<Neighbours> = fc.record({
  sequences: randomSequences,
  settings: randomSettings,
  smoothing: fc.option(
    fc.record({
      counts: fc.constant(1),
      toSimilar: randomWeight,
      fromSimilar: randomWeight,
      text: randomWeight,
    }, { noNullPrototype: true }),
  ),
  seed: fc.nat(100),
}).map(({ sequences, settings, smoothing, seed }) => ({
  settings: { ...settings, smoothing },
  counts: countNeighbours(sequences, randomItems, settings),
  texts: randomTexts(seed),
}));

/** Similar texts of random features; the first item has no text. */
export function randomTexts(seed: number): SparseMatrix {
  const values = normals(createGenerator(seed), randomItems * 3);
  values.fill(0, 0, 3);
  return textNeighbours({ values, rows: randomItems, width: 3 });
}
