import type { Sequences } from "../../../data/domain.ts";
import { historyOf, targetOf, unranked, usersOf } from "../../../data/split.ts";
import type { NeighbourCounts } from "../count_neighbours.ts";
import { checkItem } from "../check_item.ts";
import { countBefore, isBefore } from "../rank_target.ts";
import { longestHistory } from "../reach.ts";
import { baseOf, orderOf, scaleOf } from "../ready.ts";
import type { NeighbourSettings } from "../settings.ts";

/** What may differ between settings that read the same counts. */
export type Reading = Pick<NeighbourSettings, "power" | "decay">;

/**
 * Returns the rank of every user's validation item under each of several readings of the same counts.
 *
 * It is what `rankTarget` gives, for all readings in one pass: finding an entry takes longer than adding it up a few
 * times.
 *
 * @param readings one or more
 * @returns for each reading, 0-based ranks; as in `rankHeldOut` for a user without a history or an item. `[users]`
 */
export function rankReadings(
  sequences: Sequences,
  counts: NeighbourCounts,
  readings: readonly Reading[],
): Int32Array[] {
  const { popularity } = counts;
  const items = popularity.length;
  const base = baseOf(popularity);
  const order = orderOf(base);
  const scales = readings.map(({ power }) => scaleOf(popularity, power));
  const { offsets, columns, values } = counts.pairs;
  const width = readings.length;
  const sums = new Float64Array(items * width);
  const powers = new Float64Array(width); // decay^age
  const weights = new Float64Array(width);
  const isTouched = new Uint8Array(items);
  const touched = new Int32Array(items);
  const ranks = readings.map(() => unranked(sequences));
  for (const user of usersOf(sequences, "valid")) {
    const history = historyOf(sequences, user, "valid");
    let count = 0;
    powers.fill(1);
    for (let age = 0; age < Math.min(history.length, longestHistory); age++) {
      const item = history[history.length - 1 - age];
      for (let i = 0; i < width; i++) {
        weights[i] = powers[i] * scales[i][item];
        powers[i] *= readings[i].decay;
      }
      for (let at = offsets[item]; at < offsets[item + 1]; at++) {
        const column = columns[at];
        if (isTouched[column] === 0) {
          isTouched[column] = 1;
          touched[count++] = column;
        }
        for (let i = 0, to = column * width; i < width; i++) sums[to + i] += weights[i] * values[at];
      }
    }
    const target = targetOf(sequences, user, "valid");
    checkItem(`validation item of user ${user}`, target, items);
    for (let i = 0; i < width; i++) {
      const score = Math.fround(sums[target * width + i] + base[target]);
      let rank = countBefore({ base, order }, score, target);
      for (let at = 0; at < count; at++) {
        const item = touched[at];
        const found = Math.fround(sums[item * width + i] + base[item]);
        rank += Number(isBefore(item, found, target, score)) -
          Number(isBefore(item, base[item], target, score));
      }
      ranks[i][user] = rank;
    }
    for (let at = 0; at < count; at++) {
      const item = touched[at];
      isTouched[item] = 0;
      sums.fill(0, item * width, (item + 1) * width);
    }
  }
  return ranks;
}
