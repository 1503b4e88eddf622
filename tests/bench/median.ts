/** Returns the middle of numbers in order, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  return (ordered[Math.floor((ordered.length - 1) / 2)] + ordered[Math.ceil((ordered.length - 1) / 2)]) / 2;
}
