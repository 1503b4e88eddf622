/** The shortest and the longest time between two lines, in milliseconds. */
const [shortest, longest] = [10_000, 60_000];

/** Lines for an output that is no terminal, where each stays. */
export interface SparseLines {
  /** Shows a line that only tells how work comes on, if the last one is a while ago: the longer it goes on, the longer. */
  passing(line: string): void;
  /** Shows a line in any case. */
  lasting(line: string): void;
}

/**
 * Returns what shows lines now and then: within a piece of work the first after ten seconds, the next ones further and
 * further apart, up to a minute.
 *
 * @param show prints a line
 * @param now the clock, in milliseconds
 */
export function sparseLines(
  show: (line: string) => void,
  now: () => number = () => performance.now(),
): SparseLines {
  let shownAt = now();
  let interval = shortest;
  return {
    passing(line) {
      if (now() - shownAt < interval) return;
      show(line);
      shownAt = now();
      interval = Math.min(2 * interval, longest);
    },
    lasting(line) {
      show(line);
      shownAt = now();
      interval = shortest;
    },
  };
}
