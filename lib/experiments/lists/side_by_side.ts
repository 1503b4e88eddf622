import type { ListedTraining } from "./training_list.ts";

/** How a training ended. */
export interface Outcome {
  /** Null if it is done. */
  error: string | null;
  seconds: number;
}

/** How many are done at once, and how each is. */
export interface SideBySide {
  /** The most at once. */
  jobs: number;
  /** Bytes that all at once may take; one that takes more is done alone. */
  memory: number;
  /** Does a training; an error that it throws is the training's alone. */
  train(number: number): Promise<void>;
  /** Is told when one has begun, and when one has ended. */
  begun?(number: number): void;
  ended?(number: number, outcome: Outcome): void;
}

/**
 * Does trainings side by side, each after those that it waits for.
 *
 * One that fails takes down only those that wait for it.
 *
 * @param wanted which of them, by their numbers; what is not wanted is done
 * @returns how each that was wanted ended, by its number
 */
export async function doSideBySide(
  trainings: readonly Pick<ListedTraining, "what" | "after" | "memory">[],
  wanted: readonly number[],
  { jobs, memory, train, begun, ended }: SideBySide,
): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  const waiting = new Set(wanted);
  const running = new Map<number, Promise<void>>();
  const of = (number: number) => trainings[number - 1];
  const end = (number: number, outcome: Outcome) => {
    outcomes.set(number, outcome);
    ended?.(number, outcome);
  };
  const isPending = (number: number) => waiting.has(number) || running.has(number);
  const begin = (number: number) => {
    waiting.delete(number);
    begun?.(number);
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    const work = train(number).then(
      () => ({ error: null, seconds: seconds() }),
      (error) => ({ error: (error as Error).message, seconds: seconds() }),
    );
    running.set(
      number,
      work.then((outcome) => {
        running.delete(number);
        end(number, outcome);
      }),
    );
  };
  while (waiting.size > 0) {
    for (const number of [...waiting]) {
      const failed = of(number).after.find((before) => outcomes.get(before)?.error);
      if (failed !== undefined) {
        waiting.delete(number);
        end(number, { error: `not begun, as ${of(failed).what} failed`, seconds: 0 });
        continue;
      }
      if (running.size >= jobs || of(number).after.some(isPending)) continue;
      const taken = [...running.keys()].reduce((sum, own) => sum + of(own).memory, 0);
      if (running.size === 0 || taken + of(number).memory <= memory) begin(number);
    }
    if (running.size > 0) await Promise.race(running.values());
  }
  await Promise.all(running.values());
  return outcomes;
}

/** Returns how many of the largest trainings fit into memory at once; at least one is done. */
export function fitsAtOnce(memories: readonly number[], jobs: number, memory: number): number {
  const largest = memories.toSorted((a, b) => b - a).slice(0, jobs);
  let sum = 0;
  const at = largest.findIndex((own) => (sum += own) > memory);
  return at < 0 ? largest.length : Math.max(1, at);
}
