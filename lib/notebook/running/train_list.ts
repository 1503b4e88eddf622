import { join } from "node:path";
import { availableMemory } from "node:process";
import { fileURLToPath } from "node:url";
import { showBytes } from "../../byte_size.ts";
import { countOf } from "../../count_of.ts";
import { threadsVariable } from "../../engine/threads.ts";
import { readEnd } from "../../experiments/lists/ended.ts";
import { doSideBySide, fitsAtOnce, type Outcome } from "../../experiments/lists/side_by_side.ts";
import { type ListedTraining, readList } from "../../experiments/lists/training_list.ts";
import { printable } from "../../printable.ts";
import { sparseLines } from "../inside/now_and_then.ts";
import { showLastingLine, showPassingLine } from "../inside/terminal_line.ts";
import { formatDuration } from "../pages/format.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const worker = fileURLToPath(new URL("./worker.sh", import.meta.url));

/** How often it is looked how the trainings come on, in milliseconds. */
const interval = 1000;

/** What failed of a list, in words. */
export type Failures = string[];

/**
 * Does the trainings of a list that are not done, side by side in processes of their own, and shows how they come on.
 *
 * @param folder the list's
 * @param jobs the most at once
 * @param threads of each
 * @returns what failed; nothing if all are done
 * @throws {ParameterError} if there is no such list
 */
export async function trainList(folder: string, jobs: number, threads: number): Promise<Failures> {
  const { trainings } = await readList(folder);
  const numbers = trainings.map((_, at) => at + 1);
  const isDone = new Set<number>();
  for (const number of numbers) if ((await readEnd(folder, number))?.error === null) isDone.add(number);
  const wanted = numbers.filter((number) => !isDone.has(number));
  const { show, stop, begun, ended } = showTrainings(folder, trainings, isDone.size);
  const memory = availableMemory();
  show(describePlan(trainings, wanted, { jobs, threads, memory }));
  try {
    const outcomes = await doSideBySide(trainings, wanted, {
      jobs,
      memory,
      begun,
      ended,
      train: (number) => trainInProcess(folder, number, threads),
    });
    return [...outcomes].sort(([a], [b]) => a - b).filter(([, { error }]) => error !== null)
      .map(([number, { error }]) => `${trainings[number - 1].what}: ${error}`);
  } finally {
    stop();
  }
}

/** Says what is to be done, and what memory allows. */
function describePlan(
  trainings: readonly ListedTraining[],
  wanted: readonly number[],
  { jobs, threads, memory }: { jobs: number; threads: number; memory: number },
): string {
  const done = trainings.length - wanted.length;
  const memories = wanted.map((number) => trainings[number - 1].memory);
  const atOnce = fitsAtOnce(memories, jobs, memory);
  const parts = [
    `${countOf(trainings.length, "training")}${done > 0 ? `, ${done} of them done before` : ""}`,
    `${jobs} at once, each with ${countOf(threads, "thread")}`,
  ];
  if (atOnce < Math.min(jobs, wanted.length)) {
    const largest = showBytes(Math.max(...memories));
    parts.push(
      `fewer where memory is short: ${showBytes(memory)} are left, the largest takes about ${largest}`,
    );
  }
  return parts.join("; ");
}

/** Does one training in a process that ends with this one. */
async function trainInProcess(folder: string, number: number, threads: number): Promise<void> {
  const log = join(folder, "logs", `${number}.log`);
  const program = fileURLToPath(new URL("../cli/train.ts", import.meta.url));
  const process = new Deno.Command("sh", {
    args: [worker, log, Deno.execPath(), "run", "--quiet", "-P=train", program, folder, String(number)],
    cwd: root,
    env: { NO_COLOR: "1", [threadsVariable]: String(threads) },
    stdin: "piped",
  }).spawn();
  const { code } = await process.status;
  await process.stdin.close().catch(() => {}); // it has ended
  if (code === 0) return;
  const ended = await readEnd(folder, number);
  throw new Error(`${ended?.error ?? describeExit(code)} (${log})`);
}

function describeExit(code: number): string {
  if (code === 137) return "its process was killed; the likely cause is too little memory: take fewer --jobs";
  return `its process ended with code ${code}`;
}

/** Shows trainings: a line for each that ends, and in between what those say that run. */
function showTrainings(folder: string, trainings: readonly ListedTraining[], before: number) {
  const { lasting: show, passing } = Deno.stdout.isTerminal()
    ? { lasting: showLastingLine, passing: showPassingLine }
    : sparseLines((line) => console.log(printable(line)));
  const running = new Set<number>();
  let ended = before;
  const place = () => `[${String(ended).padStart(String(trainings.length).length)}/${trainings.length}]`;
  const tell = async () => {
    const lines: string[] = [];
    for (const number of running) lines.push(await lastLine(join(folder, "logs", `${number}.log`)));
    if (lines.length > 0) passing(`  ${place()} ${lines.join(" | ")}`);
  };
  const timer = setInterval(tell, interval);
  return {
    show,
    stop: () => clearInterval(timer),
    begun: (number: number) => void running.add(number),
    ended(number: number, { error, seconds }: Outcome) {
      running.delete(number);
      ended++;
      const { what } = trainings[number - 1];
      show(
        `  ${place()} ${formatDuration(seconds).padStart(12)}  ${what}${
          error === null ? "" : `: failed: ${error}`
        }`,
      );
    },
  };
}

/** Returns the last line of a log; nothing where there is none yet. */
export async function lastLine(path: string): Promise<string> {
  const text = await Deno.readTextFile(path).catch(() => "");
  return text.trimEnd().split("\n").at(-1) ?? "";
}
