import assert from "node:assert/strict";
import { readResult } from "../../lib/experiments/result_file.ts";
import { withTemporaryFolder } from "../with_temporary_folder.ts";
import { root, runTask, settingsOf, withOutputs } from "./run_task.ts";
import { noSlurmReason, type SlurmCluster, startSlurm } from "./slurm_cluster.ts";

/** Systems with and without pre-training, for a few epochs. */
const settings = {
  systemNames: ["SASRec", "UniSRec t"],
  learningRates: [0.001, 0.003],
  epochs: 12,
  pretrainingEpochs: 2,
};

const options = (runs: string, out: string) => ["5", "--out", out, ...settingsOf({ ...settings, runs })];

/** Asks every moment until there is an answer. */
async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + 300_000; // a busy machine is slow
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Returns the results under a folder of runs, times left out. */
async function resultsOf(runs: string) {
  const files = [...Deno.readDirSync(`${runs}/experiments`)].map(({ name }) => name).sort();
  assert.ok(files.every((file) => file.endsWith(".json")));
  const results = [];
  for (const file of files) {
    const { ranks, curve, bestEpoch } = await readResult(`${runs}/experiments/${file}`);
    results.push({
      file,
      ranks,
      bestEpoch,
      curve: curve.map(({ loss, parts, metric }) => ({ loss, parts, metric })),
    });
  }
  return results;
}

/** Has the grid trained by Slurm: one of its tasks is killed, one is requeued, and what was killed is submitted again. */
async function trainBySlurm({ env, run }: SlurmCluster, runs: string, out: string): Promise<void> {
  const submitted = await runTask("cluster", options(runs, out), env);
  assert.equal(submitted.code, 0, submitted.output);
  assert.match(submitted.output, /5 trainings submitted/);
  const list = submitted.output.match(/cluster status (\S+)/)![1];
  const jobs = async () => {
    const lines = (await Deno.readTextFile(`${list}/jobs`)).trim().split("\n");
    return Object.fromEntries(lines.map((line) => line.split(" ")));
  };
  const trains = (number: number) =>
    until(`training ${number}`, async () => {
      const log = await Deno.readTextFile(`${list}/logs/${number}.log`).catch(() => "");
      return log.includes("instances/s") ? log : null;
    });
  const { 1: pretraining, 2: sasrec } = await jobs();
  await trains(2);
  await run("scancel", ["--signal=KILL", "--batch", sasrec]);
  await trains(1);
  await run("scontrol", ["requeue", pretraining]);
  const queue = () => run("squeue", ["--noheader", "--array", "--format=%F_%K"]);
  const isOver = (job: string, jobs: string) => !jobs.split("\n").map((line) => line.trim()).includes(job);
  await until("the end of what was killed", async () => isOver(sasrec, await queue()) ? true : null);
  const status = await runTask("cluster", ["status", list], env);
  assert.match(status.output, /^ +2 +stopped +SASRec on Studio/m);
  assert.match(status.output, /^ +4 +queued +UniSRec t on Studio .*Dependency/m);

  const again = await runTask("cluster", ["submit", list], env);
  assert.equal(again.code, 0, again.output);
  assert.match(again.output, /1 training submitted/);
  await until("the end of all jobs", async () => (await queue()).trim() === "" ? true : null);
  const ended = await runTask("cluster", ["status", list], env);
  assert.match(
    ended.output,
    /^5 done$/m,
    `${ended.output}${await Deno.readTextFile(`${list}/logs/slurm.log`)}`,
  );
  const log = await Deno.readTextFile(`${list}/logs/1.log`);
  assert.match(log, /told to end in epoch \d+; a checkpoint is kept/);
  assert.equal(log.match(/^1 of 5: /gm)?.length, 2, "it was begun twice");
  const tables = await Deno.readTextFile(`${list}/logs/tables.log`);
  assert.match(tables, /Comparison: 4 trainings, 4 of them found/);
}

const reason = noSlurmReason();
if (reason !== null) console.log(`The test with Slurm is left out: ${reason}.`);

Deno.test({
  name:
    "a grid that Slurm trains on two nodes, with a task killed and one requeued, has the tables of one process",
  ignore: reason !== null,
  fn: () =>
    withTemporaryFolder((folder) =>
      withOutputs(2, async ([bySlurm, byOne]) => {
        const slurm = await startSlurm(`${folder}/slurm`);
        if (typeof slurm === "string") {
          // a container may not let daemons be daemons: that says nothing about what is tested here
          console.log(`The test with Slurm is left out: ${slurm}.`);
          return;
        }
        try {
          await trainBySlurm(slurm, `${folder}/by-slurm`, bySlurm);
        } finally {
          await slurm.stop();
        }
        const plain = await runTask("notebook", options(`${folder}/by-one`, byOne), { UNISREC_THREADS: "1" });
        assert.equal(plain.code, 0, plain.output);
        assert.deepEqual(await resultsOf(`${folder}/by-slurm`), await resultsOf(`${folder}/by-one`));
        const read = (out: string, table: string) =>
          Deno.readTextFile(`${root}/figures/sample/${out}/${table}.csv`);
        for (const table of ["table-3", "table-beyond", "table-search"]) {
          assert.equal(await read(bySlurm, table), await read(byOne, table), table);
        }
      })
    ),
});
