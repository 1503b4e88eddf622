import { type Fault, outcomes } from "./try_inputs.ts";
import type { Task } from "./worker.ts";

/** What became of a reader's inputs. */
export interface Report {
  reader: string;
  inputs: number;
  counts: Record<typeof outcomes[number] | "hang", number>;
  faults: Fault[];
}

/** Lets readers read damaged files in a worker, one reader after the other. */
export interface Fuzzer {
  /**
   * Lets a reader read for some time.
   *
   * @param name the reader's
   * @param folder for files, the reader's own
   * @param milliseconds from its first input on
   */
  fuzz(name: string, folder: string, seed: number, milliseconds: number): Promise<Report>;
  end(): void;
}

/**
 * Starts a fuzzer.
 *
 * @param patience an input that takes longer hangs (ms): the worker is ended, and another goes on after it
 */
export function startFuzzer(patience = 10_000): Fuzzer {
  let worker: Worker | null = null;

  async function fuzz(name: string, folder: string, seed: number, milliseconds: number): Promise<Report> {
    const faults: Fault[] = [];
    const counts = { accepted: 0, typed: 0, untyped: 0, wrong: 0, hang: 0 };
    const start = Date.now();
    for (let first = 0, left = milliseconds; left > 0; left = start + milliseconds - Date.now()) {
      const counters = new Int32Array(new SharedArrayBuffer(4 * (1 + outcomes.length)));
      counters[0] = first - 1;
      worker ??= new Worker(import.meta.resolve("./worker.ts"), { type: "module" });
      const task = { reader: name, folder, seed, first, milliseconds: left, counters };
      const hung = await watch(worker, task, patience, faults);
      outcomes.forEach((outcome, i) => counts[outcome] += counters[1 + i]);
      if (!hung) break;
      worker.terminate();
      worker = null;
      counts.hang++;
      faults.push({ input: counters[0], outcome: "hang", message: `longer than ${patience / 1000} s` });
      first = counters[0] + 1;
    }
    return { reader: name, inputs: Object.values(counts).reduce((a, b) => a + b), counts, faults };
  }

  return { fuzz, end: () => worker?.terminate() };
}

/** Lets a worker do its task, and tells whether it hung. */
async function watch(worker: Worker, task: Task, patience: number, faults: Fault[]): Promise<boolean> {
  const ended = Promise.withResolvers<boolean>();
  worker.onmessage = ({ data }: MessageEvent<Fault | "done">) => {
    if (data === "done") ended.resolve(false);
    else faults.push(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    ended.reject(new Error(`${task.reader}: ${event.message}`));
  };
  let [input, since] = [-1, Date.now()];
  const timer = setInterval(() => {
    const current = Atomics.load(task.counters, 0);
    // before the first input the worker still loads its modules
    if (current !== input || current < task.first) [input, since] = [current, Date.now()];
    else if (Date.now() - since > patience) ended.resolve(true);
  }, Math.min(250, patience / 4));
  worker.postMessage(task);
  try {
    return await ended.promise;
  } finally {
    clearInterval(timer);
  }
}
