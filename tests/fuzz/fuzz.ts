// Lets every reader of files read damaged ones, and counts what becomes of them:
//   deno task fuzz --minutes N --seed S [--reader NAME]
// It ends with status 1 if an input ended in an error that is not the project's, took too long, or was taken although
// it is wrong. With one reader and its seed, inputs have the same numbers again.
import { parseArgs } from "node:util";
import { readers } from "./readers.ts";
import { type Fault, outcomes } from "./try_inputs.ts";
import type { Task } from "./worker.ts";

/** An input that takes longer hangs (ms). */
const patience = 10_000;
/** Faults of a reader that are shown. */
const shown = 5;

/** What became of a reader's inputs. */
interface Report {
  reader: string;
  inputs: number;
  counts: Record<typeof outcomes[number] | "hang", number>;
  faults: Fault[];
}

async function fuzzReader(name: string, folder: string, seed: number, deadline: number): Promise<Report> {
  const faults: Fault[] = [];
  const counts = { accepted: 0, typed: 0, untyped: 0, wrong: 0, hang: 0 };
  let first = 0;
  while (Date.now() < deadline) {
    const counters = new Int32Array(new SharedArrayBuffer(4 * (1 + outcomes.length)));
    counters[0] = first;
    const hung = await watch({ reader: name, folder, seed, first, deadline, counters }, faults);
    outcomes.forEach((outcome, i) => counts[outcome] += counters[1 + i]);
    if (!hung) break;
    counts.hang++;
    faults.push({ input: counters[0], outcome: "hang", message: `longer than ${patience / 1000} s` });
    first = counters[0] + 1;
  }
  return { reader: name, inputs: Object.values(counts).reduce((a, b) => a + b), counts, faults };
}

/** Runs a worker to its end, and tells whether it hung. */
async function watch(task: Task, faults: Fault[]): Promise<boolean> {
  const worker = new Worker(import.meta.resolve("./worker.ts"), { type: "module" });
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
    if (current !== input) [input, since] = [current, Date.now()];
    else if (Date.now() - since > patience) ended.resolve(true);
  }, 250);
  worker.postMessage(task);
  try {
    return await ended.promise;
  } finally {
    clearInterval(timer);
    worker.terminate();
  }
}

function describe({ reader, inputs, counts }: Report): string {
  const { accepted, typed, untyped, hang, wrong } = counts;
  return `${reader.padEnd(22)} ${
    String(inputs).padStart(8)
  } inputs: ${accepted} accepted, ${typed} typed errors, ` +
    `${untyped} untyped errors, ${hang} hangs, ${wrong} wrong`;
}

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    reader: { type: "string" },
  },
});
const minutes = Number(values.minutes), seed = Number(values.seed);
const chosen = readers.filter(({ name }) => values.reader === undefined || name === values.reader);
if (!(minutes > 0) || !Number.isSafeInteger(seed) || chosen.length === 0) {
  console.error(
    `--minutes takes a number above 0, --seed an integer, --reader one of: ${
      readers.map(({ name }) => name).join(", ")
    }`,
  );
  Deno.exit(2);
}

// files in memory are not written to a disk each time
const inMemory = await Deno.stat("/dev/shm").then(() => "/dev/shm", () => undefined);
const folder = await Deno.makeTempDir({ dir: inMemory, prefix: "fuzz-" });
const reports: Report[] = [];
try {
  const share = minutes * 60_000 / chosen.length;
  for (const [i, { name }] of chosen.entries()) {
    const report = await fuzzReader(name, `${folder}/${i}`, seed, Date.now() + share);
    reports.push(report);
    console.log(describe(report));
    for (const { input, outcome, message } of report.faults.slice(0, shown)) {
      console.log(`  input ${input} of seed ${seed}, ${outcome}: ${message}`);
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
const faults = reports.reduce((sum, { counts: { untyped, wrong, hang } }) => sum + untyped + wrong + hang, 0);
console.log(`${reports.reduce((sum, { inputs }) => sum + inputs, 0)} inputs, ${faults} faults`);
Deno.exit(faults === 0 ? 0 : 1);
