import assert from "node:assert/strict";
import { type Domain, type FeatureTable, sequenceOf, userCount } from "../data/domain.ts";
import { makeSample } from "../data/sample/sample.ts";
import { historyOf, targetOf } from "../data/split.ts";
import { withFeatures } from "./with_features.ts";

const { sources, targets } = makeSample();

for (const [target, least] of [[targets[0], 0.3], [targets[1], 0.3], [targets[2], 0.15]] as const) {
  Deno.test(`what follows in the sources tells, through text alone, what follows in ${target.name}`, () => {
    const known = sources.map(withFeatures), { features, sequences } = withFeatures(target);
    const successors = known.flatMap(meanSuccessors);
    // an item's likely successor: that of the sources' items which its text resembles most
    const guesses = target.itemIds.map((_, item) => {
      const similarities = known.flatMap((source) => [...scores(rowOf(features, item), source.features)]);
      const nearest = [...similarities.keys()].sort((a, b) => similarities[b] - similarities[a]).slice(0, 10);
      return mean(nearest.map((row) => successors[row]), features.width);
    });
    let hits = 0;
    for (let user = 0; user < userCount(sequences); user++) {
      const ranking = scores(guesses[historyOf(sequences, user, "test").at(-1)!], features);
      const wanted = ranking[targetOf(sequences, user, "test")];
      if (ranking.filter((score) => score > wanted).length < 10) hits++;
    }
    const recall = hits / userCount(sequences);
    assert.ok(recall > least, `Recall@10 ${recall}; by chance ${10 / target.itemIds.length}`);
  });
}

/** Returns for each item the mean feature of those that follow it, less the mean feature of all items. */
function meanSuccessors(
  { itemIds, sequences, features }: Domain & { features: FeatureTable },
): Float32Array[] {
  const followers: Float32Array[][] = itemIds.map(() => []);
  for (let user = 0; user < userCount(sequences); user++) {
    const sequence = sequenceOf(sequences, user);
    for (let i = 1; i < sequence.length; i++) followers[sequence[i - 1]].push(rowOf(features, sequence[i]));
  }
  const centre = mean(itemIds.map((_, item) => rowOf(features, item)), features.width);
  return followers.map((rows) => mean(rows, features.width).map((value, i) => value - centre[i]));
}

function rowOf({ values, width }: FeatureTable, row: number): Float32Array {
  return values.subarray(row * width, (row + 1) * width);
}

function mean(rows: Float32Array[], width: number): Float32Array {
  const sum = new Float32Array(width);
  for (const row of rows) row.forEach((value, i) => sum[i] += value / rows.length);
  return sum;
}

function scores(vector: Float32Array, table: FeatureTable): Float32Array {
  return Float32Array.from({ length: table.rows }, (_, row) => {
    const other = rowOf(table, row);
    let product = 0;
    for (let i = 0; i < vector.length; i++) product += vector[i] * other[i];
    return product;
  });
}
