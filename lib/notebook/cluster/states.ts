import { exists } from "../../data/files.ts";
import { readEnd } from "../../experiments/lists/ended.ts";

/** How far a training of a list, or the job of its tables, has come. */
export interface State {
  state: "done" | "failed" | "running" | "queued" | "stopped" | "not begun";
  /** Why it failed, where it runs, or what it waits for. */
  detail: string;
}

/** What Slurm knows of a job that has not ended. */
export interface QueuedJob {
  /** As `jobs` names it: the array's number and the place in it, or the number alone. */
  job: string;
  isRunning: boolean;
  detail: string;
}

/**
 * Returns the jobs of trainings as the list's file `jobs` has them, the last of each; number 0 is that of the tables.
 *
 * @param list the list's folder
 */
export async function readJobs(list: string): Promise<Map<number, string>> {
  const path = `${list}/jobs`;
  if (!await exists(path)) return new Map();
  const lines = (await Deno.readTextFile(path)).split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => {
    const [number, job] = line.split(" ");
    return [Number(number), job];
  }));
}

/** Reads what `squeue --array --format="%F %K %T %M %N %r"` says of jobs that have not ended. */
export function parseQueue(text: string): QueuedJob[] {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => {
    const [id, place, state, elapsed, ...rest] = line.trim().split(/\s+/);
    const isRunning = state === "RUNNING" || state === "COMPLETING";
    return {
      job: /^\d+$/.test(place) ? `${id}_${place}` : id,
      isRunning,
      detail: isRunning ? `${elapsed} on ${rest[0]}` : rest.join(" "),
    };
  });
}

/**
 * Returns how far a training has come.
 *
 * @param job its own in the queue, if it is there
 */
export async function stateOf(list: string, number: number, job: QueuedJob | undefined): Promise<State> {
  if (job) return { state: job.isRunning ? "running" : "queued", detail: job.detail };
  const ended = await readEnd(list, number);
  if (ended) {
    return ended.error === null ? { state: "done", detail: "" } : { state: "failed", detail: ended.error };
  }
  return await exists(`${list}/logs/${number}.log`)
    ? { state: "stopped", detail: "it was ended from outside, and goes on when it is submitted again" }
    : { state: "not begun", detail: "" };
}
