import { type Batch, ranges } from "./batches.ts";

/** What jobs are given. */
export interface JobOptions {
  /** Processors of each, and so threads. */
  cpus: number;
  /** The most trainings at once; null for no limit but the cluster's. */
  atOnce: number | null;
  /** Bytes of each job; null for what its training is estimated to take, and a quarter more. */
  memory: number | null;
  /** The longest that a job may take, as Slurm writes it; null for the partition's own. */
  time: string | null;
  /** Further options of sbatch, as they are. */
  sbatch: readonly string[];
}

/** Where things are, as absolute paths that every node knows. */
export interface JobPlaces {
  /** The project. */
  root: string;
  /** The list's folder. */
  list: string;
  /** The Deno binary: npx does not pass signals on. */
  deno: string;
}

/** What is added to the estimate of a training's memory. */
const spare = 1.25;

/**
 * Returns the script that each training's job runs: it becomes Deno, so that Slurm's signals get there.
 *
 * Jobs write nothing but the folder of runs, their log and how they ended.
 */
export function trainingScript({ root, list, deno }: JobPlaces): string {
  return `#!/bin/sh
# Does one training of a list: number BASE + SLURM_ARRAY_TASK_ID.
number=$((BASE + SLURM_ARRAY_TASK_ID))
exec >>${quote(`${list}/logs/`)}$number.log 2>&1
cd ${quote(root)} || exit 1
export NO_COLOR=1
export UNISREC_THREADS="\${SLURM_CPUS_PER_TASK:-1}"
exec ${quote(deno)} run --quiet -P=train lib/notebook/cli/train.ts ${quote(list)} "$number"
`;
}

/** Returns the script of the job that makes the tables, after all trainings. */
export function tableScript({ root, list, deno }: JobPlaces): string {
  return `#!/bin/sh
# Makes the tables of a list whose trainings are done.
cd ${quote(root)} || exit 1
export NO_COLOR=1
export UNISREC_THREADS="\${SLURM_CPUS_PER_TASK:-1}"
exec ${quote(deno)} run --quiet -P=cluster lib/notebook/cli/cluster.ts collect ${quote(list)}
`;
}

/**
 * Returns the script that submits trainings and the job of their tables. It adds the jobs to the list's file `jobs`: a line
 * for each training, with its number and job, the last one counts; that of the tables is number 0.
 *
 * @param jobOf the jobs of trainings that were submitted before and have not ended
 */
export function submitScript(
  { list }: Pick<JobPlaces, "list">,
  batches: readonly Batch[],
  jobOf: ReadonlyMap<number, string>,
  { cpus, atOnce, memory, time, sbatch }: JobOptions,
): string {
  const common = [
    "--parsable",
    "--requeue", // after a preemption or a node's fault
    "--open-mode=append",
    `--cpus-per-task=${cpus}`,
    ...(time === null ? [] : [`--time=${time}`]),
    ...sbatch,
  ].map(quote).join(" ");
  const variables = new Map<number, string>();
  const jobs = batches.flatMap(({ numbers }) => numbers);
  const lines = batches.flatMap((batch, at) => {
    const { numbers, base, after } = batch;
    const variable = `batch${at + 1}`;
    const waited = after.map((number) => {
      const own = variables.get(number) ?? jobOf.get(number);
      return own === undefined ? [] : [own];
    }).flat();
    const limit = atOnce === null ? "" : `%${atOnce}`;
    for (const number of numbers) variables.set(number, `\${${variable}}_${number - base}`);
    const options = [
      "--job-name=unisrec-train",
      `--array=${ranges(numbers.map((number) => number - base))}${limit}`,
      `--mem=${megabytes(memory ?? batch.memory * spare)}M`,
      `--export=ALL,BASE=${base}`,
      `--output=${list}/logs/slurm.log`,
      ...(waited.length > 0 ? ["--kill-on-invalid-dep=yes"] : []),
    ].map(quote);
    if (waited.length > 0) options.push(`--dependency=afterok:${waited.join(":")}`);
    return [
      `${variable}=$(sbatch ${common} ${options.join(" ")} train.sbatch)`,
      `${variable}=\${${variable}%%;*}`,
      `for number in ${
        numbers.join(" ")
      }; do echo "$number \${${variable}}_$((number - ${base}))"; done >>jobs`,
    ];
  });
  const all = [...batches.map((_, at) => `$batch${at + 1}`), ...[...jobOf.values()]];
  const largest = Math.max(0, ...batches.map((batch) => batch.memory));
  const table = [
    "--job-name=unisrec-tables",
    `--mem=${megabytes(memory ?? largest * spare)}M`,
    `--output=${list}/logs/tables.log`,
  ].map(quote);
  if (all.length > 0) table.push(`--dependency=afterany:${all.join(":")}`);
  return `#!/bin/sh
# Submits ${jobs.length} trainings, and the job that makes their tables, to Slurm.
set -eu
cd ${quote(list)}
${lines.join("\n")}
tables=$(sbatch ${common} ${table.join(" ")} tables.sbatch)
echo "0 \${tables%%;*}" >>jobs
`;
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}

/** Writes a text as one word of a shell. */
export function quote(text: string): string {
  return /^[\w./:=,%+@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
