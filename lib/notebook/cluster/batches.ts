import type { ListedTraining } from "../../experiments/lists/training_list.ts";

/** Trainings that are submitted at once: they wait for the same others. */
export interface Batch {
  /** Those of the list, by their numbers. */
  numbers: number[];
  /** What is taken from a number to give its place in the array of jobs. */
  base: number;
  /** Those that are waited for, and not done. */
  after: number[];
  /** Bytes, of the largest. */
  memory: number;
}

/** The places that an array of jobs has: Slurm's own default is 0 to 1000. */
const places = 1000;

/**
 * Groups trainings into arrays of jobs, each after those that it waits for.
 *
 * @param wanted those that are to be submitted, by their numbers
 * @param isDone tells which need not be waited for
 */
export function batchesOf(
  trainings: readonly Pick<ListedTraining, "after" | "memory">[],
  wanted: readonly number[],
  isDone: (number: number) => boolean,
): Batch[] {
  const groups = Map.groupBy(wanted, (number) => {
    const after = trainings[number - 1].after.filter((before) => !isDone(before));
    return JSON.stringify({ base: Math.floor((number - 1) / places) * places, after });
  });
  return [...groups].map(([key, numbers]) => ({
    ...JSON.parse(key) as Pick<Batch, "base" | "after">,
    numbers,
    memory: Math.max(...numbers.map((number) => trainings[number - 1].memory)),
  }));
}

/** Writes numbers as Slurm reads them: `1-3,7`. */
export function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([first, last]) => first === last ? `${first}` : `${first}-${last}`).join(",");
}
