import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { showBytes } from "../../byte_size.ts";
import { checkProfile } from "../../data/profile.ts";
import { countOf } from "../../count_of.ts";
import { ParameterError } from "../../errors.ts";
import { readList, type TrainingList } from "../../experiments/lists/training_list.ts";
import { outputFolder } from "../../figures/output/place.ts";
import { printable } from "../../printable.ts";
import { writeFileAtomically } from "../../write_file.ts";
import { batchesOf } from "../cluster/batches.ts";
import { readOrigin, writeOrigin } from "../cluster/origin.ts";
import { type JobOptions, submitScript, tableScript, trainingScript } from "../cluster/scripts.ts";
import { cancelJobs, hasSlurm, readQueue, submit } from "../cluster/slurm.ts";
import { type QueuedJob, readJobs, type State, stateOf } from "../cluster/states.ts";
import { defaultRuns, listGrid } from "../running/list_grid.ts";
import { mainTable, terminalWidth } from "../running/main_table.ts";
import { findNotebook, listNotebooks } from "../running/notebooks.ts";
import { placeOf } from "../running/output_name.ts";
import { describeFailure, produce } from "../running/produce.ts";
import { lastLine } from "../running/train_list.ts";
import { main, readCommandLine, readSettings, readTimeout } from "./command_line.ts";

const usage =
  "deno task cluster NOTEBOOK [--profile PROFILE] [--set name=value]… [--out NAME] [--timeout SECONDS] [--print], " +
  "or deno task cluster status|submit|collect|cancel LIST; with [--cpus N] [--at-most N] [--memory GIGABYTES] [--time TIME] " +
  "[--sbatch OPTION]…";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** How long what other nodes have written may take to be seen on a network file system, in milliseconds. */
const visibility = 60_000;

/** `deno task cluster`: has Slurm train a notebook's grid, and make its tables. */
await main(async () => {
  const { values: options, positionals } = readCommandLine(usage, {
    options: {
      profile: { type: "string", default: "sample" },
      set: { type: "string", multiple: true, default: [] },
      out: { type: "string" },
      timeout: { type: "string" },
      print: { type: "boolean", default: false },
      cpus: { type: "string", default: "1" },
      "at-most": { type: "string" },
      memory: { type: "string" },
      time: { type: "string" },
      sbatch: { type: "string", multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  const jobOptions: JobOptions = {
    cpus: readCount("--cpus", options.cpus),
    atOnce: options["at-most"] === undefined ? null : readCount("--at-most", options["at-most"]),
    memory: options.memory === undefined ? null : readGigabytes(options.memory),
    time: options.time ?? null,
    sbatch: options.sbatch,
  };
  const [first, second] = positionals;
  const actions: Record<string, (list: string) => Promise<boolean>> = {
    status: showStatus,
    submit: (list) => submitList(list, jobOptions),
    collect,
    cancel: cancelList,
  };
  if (positionals.length === 2 && Object.hasOwn(actions, first)) return await actions[first](resolve(second));
  if (positionals.length !== 1) {
    throw new ParameterError({
      where: "command line",
      expected: usage,
      found: positionals.join(" ") || "no words",
      advice: "A list is the folder that `deno task cluster NOTEBOOK` names.",
    });
  }
  const values = readSettings(options.set);
  const place = placeOf(options.profile, options.out, values);
  await checkProfile(options.profile);
  const notebook = findNotebook(await listNotebooks(), first);
  const timeout = readTimeout(options.timeout, options.profile);
  const listed = await listGrid(notebook, place, values, timeout);
  const name = basename(notebook, ".ipynb");
  if (listed.failure !== null) {
    console.error(printable(`\n${describeFailure(name, listed.failure)}\n`));
    return false;
  }
  const found = listed.keepsRuns ? values : { ...values, runs: defaultRuns };
  await writeOrigin(listed.folder, { notebook: name, place, values: found, timeout });
  const { trainings } = await readList(listed.folder);
  const most = showBytes(Math.max(...trainings.map(({ memory }) => memory)));
  console.log(
    `${countOf(trainings.length, "training")}, which take up to about ${most} each: ${listed.folder}`,
  );
  if (options.print) {
    await writeScripts(listed.folder, jobOptions);
    console.log(
      `${await Deno.readTextFile(join(listed.folder, "submit.sh"))}\n${
        describeOtherWays(listed.folder, trainings)
      }`,
    );
    return true;
  }
  if (await hasSlurm()) return await submitList(listed.folder, jobOptions);
  console.error(
    "There is no sbatch here: run this where Slurm's commands are, such as the cluster's login node (Debian: apt-get install " +
      `slurm-wlm munge). On this machine: deno task notebook ${name} --jobs ${navigator.hardwareConcurrency} with the same ` +
      `options.\n${describeOtherWays(listed.folder, trainings)}`,
  );
  return false;
});

/** Says how a list is trained without Slurm. */
function describeOtherWays(list: string, trainings: TrainingList["trainings"]): string {
  const train = `${Deno.execPath()} task train ${list}`;
  return `Without Slurm, from ${root}, in the order of the list or side by side:\n` +
    `  for number in $(seq ${trainings.length}); do ${train} $number; done\n` +
    `  seq ${trainings.length} | UNISREC_THREADS=1 parallel -j 2 ${train} {}\n` +
    `and then: ${Deno.execPath()} task cluster collect ${list}`;
}

/** The list's jobs that have not ended, by the numbers of their trainings; 0 is that of the tables. */
async function queuedJobs(list: string): Promise<Map<number, QueuedJob>> {
  const jobs = await readJobs(list);
  const queue = jobs.size > 0 && await hasSlurm() ? await readQueue() : new Map<string, QueuedJob>();
  return new Map(
    [...jobs].flatMap(([number, job]) => {
      const queued = queue.get(job);
      return queued ? [[number, queued] as const] : [];
    }),
  );
}

async function statesOf(
  list: string,
  { trainings }: TrainingList,
  jobs: ReadonlyMap<number, QueuedJob>,
): Promise<State[]> {
  const states: State[] = [];
  for (const [at] of trainings.entries()) states.push(await stateOf(list, at + 1, jobs.get(at + 1)));
  return states;
}

/** Shows what is queued, running, done and failed. */
async function showStatus(list: string): Promise<boolean> {
  const read = await readList(list);
  const jobs = await queuedJobs(list);
  const states = await statesOf(list, read, jobs);
  for (const [at, { what }] of read.trainings.entries()) {
    const { state, detail } = states[at];
    const last = state === "running" ? await lastLine(join(list, "logs", `${at + 1}.log`)) : "";
    const more = [detail, last].filter((text) => text !== "").join("; ");
    console.log(
      printable(`${String(at + 1).padStart(5)}  ${state.padEnd(9)}  ${what}${more ? `: ${more}` : ""}`),
    );
  }
  const tables = jobs.get(0);
  console.log(
    printable(
      `${countStates(states)}${tables ? `; tables: ${tables.isRunning ? "running" : "queued"}` : ""}`,
    ),
  );
  return states.every(({ state }) => state !== "failed");
}

function countStates(states: readonly State[]): string {
  const groups = Map.groupBy(states, ({ state }) => state);
  return [...groups].map(([state, own]) => `${own.length} ${state}`).join(", ");
}

/** Writes the scripts that submit what is neither done nor in the queue; returns how many trainings those are. */
async function writeScripts(list: string, options: JobOptions): Promise<number> {
  const read = await readList(list);
  const jobs = await queuedJobs(list);
  const states = await statesOf(list, read, jobs);
  const isDone = (number: number) => states[number - 1].state === "done";
  const numbers = read.trainings.map((_, at) => at + 1);
  const wanted = numbers.filter((number) => !isDone(number) && !jobs.has(number));
  const places = { root, list, deno: Deno.execPath() };
  const jobOf = new Map(numbers.flatMap((number) => {
    const job = jobs.get(number);
    return job ? [[number, job.job] as const] : [];
  }));
  await writeFileAtomically(join(list, "train.sbatch"), trainingScript(places));
  await writeFileAtomically(join(list, "tables.sbatch"), tableScript(places));
  const batches = batchesOf(read.trainings, wanted, isDone);
  await writeFileAtomically(join(list, "submit.sh"), submitScript(places, batches, jobOf, options));
  return wanted.length;
}

/** Submits what is neither done nor in the queue: all of a new list, what failed or was ended of an older one. */
async function submitList(list: string, options: JobOptions): Promise<boolean> {
  const tables = (await queuedJobs(list)).get(0);
  if (tables?.isRunning) {
    throw new ParameterError({
      where: list,
      expected: "a list whose tables are not being made",
      found: `job ${tables.job}, which makes them`,
      advice: "Wait until it has ended.",
    });
  }
  if (tables) await cancelJobs([tables.job]); // a new one waits for what is submitted now, too
  const count = await writeScripts(list, options);
  await submit(join(list, "submit.sh"));
  console.log(
    `${
      countOf(count, "training")
    } submitted, and the job of the tables. How they come on: deno task cluster status ${list}`,
  );
  return true;
}

async function cancelList(list: string): Promise<boolean> {
  const jobs = await queuedJobs(list);
  await cancelJobs([...jobs.values()].map(({ job }) => job));
  console.log(
    `${countOf(jobs.size, "job")} ended. What they have trained is kept: deno task cluster submit ${list}`,
  );
  return true;
}

/** Makes the tables of a list whose trainings are done, by running its notebook, which finds them. */
async function collect(list: string): Promise<boolean> {
  const read = await readList(list);
  const deadline = performance.now() + (Deno.env.get("SLURM_JOB_ID") === undefined ? 0 : visibility);
  let states = await statesOf(list, read, new Map());
  const areDone = () => states.every(({ state }) => state === "done");
  while (!areDone() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    states = await statesOf(list, read, new Map());
  }
  if (!areDone()) {
    for (const [at, { what }] of read.trainings.entries()) {
      const { state, detail } = states[at];
      if (state !== "done") {
        console.error(printable(`${state}: ${at + 1}, ${what}${detail ? `: ${detail}` : ""}`));
      }
    }
    console.error(`No tables are made: ${countStates(states)}. To go on: deno task cluster submit ${list}`);
    return false;
  }
  const { notebook, place, values, timeout } = await readOrigin(list);
  const path = findNotebook(await listNotebooks(), notebook);
  const { failure } = await produce(path, place, values, timeout);
  const table = failure === null && await mainTable(notebook, place, terminalWidth());
  if (table) console.log(table);
  console.log(`Outputs are in ${outputFolder(place)}; the page to begin with is index.html there.`);
  return failure === null;
}

function readCount(where: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new ParameterError({
    where,
    expected: "a whole number of at least 1",
    found: JSON.stringify(text),
    advice: `For example ${where} 2.`,
  });
}

function readGigabytes(text: string): number {
  const gigabytes = Number(text);
  if (gigabytes > 0 && gigabytes < Infinity) return gigabytes * 1e9;
  throw new ParameterError({
    where: "--memory",
    expected: "a positive number of gigabytes",
    found: JSON.stringify(text),
    advice: "For example --memory 4; it is estimated if left out.",
  });
}
