import { EngineError } from "../../errors.ts";
import { parseQueue, type QueuedJob } from "./states.ts";

/** Tells whether jobs can be submitted here. */
export async function hasSlurm(): Promise<boolean> {
  try {
    return (await new Deno.Command("sbatch", { args: ["--version"], stdout: "null", stderr: "null" })
      .output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Returns the user's jobs that have not ended.
 *
 * @throws {EngineError} if Slurm does not answer
 */
export async function readQueue(): Promise<Map<string, QueuedJob>> {
  const text = await run("squeue", ["--me", "--noheader", "--array", "--format=%F %K %T %M %N %r"]);
  return new Map(parseQueue(text).map((job) => [job.job, job]));
}

/**
 * Ends jobs, whether they run or wait.
 *
 * @throws {EngineError} if Slurm does not answer
 */
export async function cancelJobs(jobs: readonly string[]): Promise<void> {
  if (jobs.length > 0) await run("scancel", [...jobs]);
}

/**
 * Runs a script that submits jobs.
 *
 * @throws {EngineError} if one is refused; those before it are submitted
 */
export async function submit(script: string): Promise<void> {
  await run("sh", [script]);
}

async function run(command: string, args: string[]): Promise<string> {
  const { success, code, stdout, stderr } = await new Deno.Command(command, { args }).output();
  const [output, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (success) return output;
  throw new EngineError({
    where: `Slurm (${command} ${args.join(" ")})`,
    expected: "an answer",
    found: errors.trim().split("\n").join("; ") || `an end with code ${code}`,
    advice:
      "Look with sinfo whether it is up, and whether the partition takes such jobs (--sbatch, --time, --memory).",
  });
}
