/** How far down the lists new items are placed: below that nobody looks. */
const deepest = 200;

/**
 * Gives new items, which nothing has been counted of, the place among the others that their texts give them.
 *
 * Their counts are 0 for no fault of theirs, so that a sum would put them behind all that was counted. The scores of the
 * text part are mapped to sums so that the r-th highest score of the other items becomes their r-th highest sum (quantile
 * mapping, linear in between): a new item then stands as high in the sums as in the text part's own list, or higher
 * where counts lead to it over similar texts.
 *
 * @param sums of all items, which are changed. `[items]`
 * @param scores of all items by the parts that know new ones. `[items]`
 * @param isNew 1 for a new item. `[items]`
 */
export function placeNewItems(sums: Float32Array, scores: Float32Array, isNew: Uint8Array): void {
  const [highestScores, highestSums] = [highestOfOthers(scores, isNew), highestOfOthers(sums, isNew)];
  const count = highestScores.length;
  if (count === 0) return;
  for (let item = 0; item < sums.length; item++) {
    if (isNew[item] === 0 || scores[item] <= highestScores[count - 1]) continue;
    const score = scores[item];
    const before = countAbove(highestScores, score);
    const placed = before === 0
      ? highestSums[0] + (score - highestScores[0])
      : between(score, [highestScores[before], highestScores[before - 1]], [
        highestSums[before],
        highestSums[before - 1],
      ]);
    if (placed > sums[item]) sums[item] = placed;
  }
}

/** Returns the highest values of items that are not new, highest first. */
function highestOfOthers(values: Float32Array, isNew: Uint8Array): Float32Array {
  const highest = new Float32Array(deepest);
  let count = 0;
  for (let item = 0; item < values.length; item++) {
    const value = values[item];
    if (isNew[item] === 1 || count === deepest && value <= highest[count - 1]) continue;
    let place = count === deepest ? count - 1 : count++;
    for (; place > 0 && highest[place - 1] < value; place--) highest[place] = highest[place - 1];
    highest[place] = value;
  }
  return highest.subarray(0, count);
}

/** Returns how many of the highest values are above one, or as high. */
function countAbove(highest: Float32Array, value: number): number {
  let low = 0;
  let high = highest.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (highest[middle] >= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function between(value: number, [from, to]: [number, number], [low, high]: [number, number]): number {
  return to === from ? low : low + (high - low) * (value - from) / (to - from);
}
