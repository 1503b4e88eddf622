/**
 * Returns a function that takes `wanted` slots from the fullest row that still has them, and returns the first of them
 * (−1 if no row has). Rows with equally many free slots form a linked list, so that no search runs over the rows.
 */
export function trackFreeSlots(rows: number, length: number): (wanted: number) => number {
  const none = -1;
  const firstRow = new Int32Array(length + 1).fill(none); // by number of free slots
  const nextRow = Int32Array.from({ length: rows }, (_, row) => row + 1 < rows ? row + 1 : none);
  firstRow[length] = 0;
  return (wanted) => {
    let free = wanted;
    while (free <= length && firstRow[free] === none) free++;
    if (free > length) return none;
    const row = firstRow[free];
    firstRow[free] = nextRow[row];
    nextRow[row] = firstRow[free - wanted];
    firstRow[free - wanted] = row;
    return row * length + length - free;
  };
}
