/** The most histories that are scored at once: enough to fill a processor. */
const mostHistories = 512;

/** The most scores that are in memory at once, 64 MB: of a million items, those of 16 histories. */
const mostScores = 2 ** 24;

/** Returns how many histories are scored at once, so that memory stays bounded however many items there are. */
export function historiesAtOnce(items: number): number {
  return Math.max(1, Math.min(mostHistories, Math.floor(mostScores / items)));
}
