import assert from "node:assert/strict";
import { exists } from "../../lib/data/files.ts";
import { createOnnxEngine } from "../../lib/engine/onnx_engine.ts";
import { readEnd } from "../../lib/experiments/lists/ended.ts";
import { readList } from "../../lib/experiments/lists/training_list.ts";
import { loadSystems } from "../../lib/experiments/load_systems.ts";
import { runComparison } from "../../lib/experiments/run_comparison.ts";
import { trainList } from "../../lib/notebook/running/train_list.ts";
import { withTemporaryFolder } from "../with_temporary_folder.ts";
import { listGrid, measured, smallGrid } from "./small_grid.ts";

const engine = createOnnxEngine({ threads: 1 });
const train = `${import.meta.dirname}/../../lib/notebook/cli/train.ts`;

Deno.test("of trainings side by side one that fails is named, and all others are to the bit what one process trains", () =>
  withTemporaryFolder(async (folder) => {
    const whole = await runComparison({ engine, runs: `${folder}/whole` }, smallGrid);
    const runs = `${folder}/apart`;
    const failing = await loadSystems([`${import.meta.dirname}/failing_system.ts`]);
    const list = await listGrid(runs, { systems: [...failing, ...smallGrid.systems] });
    const failures = await trainList(list, 2, 1);
    assert.equal(failures.length, 2); // one for each learning rate
    for (const failure of failures) {
      assert.match(failure, /^Failing on Target · .*: Error: this system cannot be trained/);
    }
    const collected = await runComparison({ engine, runs }, smallGrid);
    assert.equal(collected.found, collected.results.length);
    assert.deepEqual(measured(collected), measured(whole));

    const again = await trainList(list, 2, 1);
    assert.deepEqual(again, failures, "what failed is tried again, and nothing else");
  }));

/** Runs a training of a list; ends it by a signal when it has said that it trains, if one is given. */
async function runTraining(list: string, number: number, signal?: Deno.Signal) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-P=train", train, list, String(number)],
    env: { NO_COLOR: "1", UNISREC_THREADS: "1" },
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let output = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (signal && output.includes("instances/s")) {
      child.kill(signal);
      signal = undefined;
    }
  }
  return { code: (await child.status).code, output };
}

Deno.test("a training that SIGTERM ends keeps a checkpoint at once, and goes on from there to the same bits", () =>
  withTemporaryFolder(async (folder) => {
    const { settings } = smallGrid;
    const long = {
      systems: smallGrid.systems.slice(0, 1),
      settings: {
        ...settings,
        learningRates: [1e-3],
        training: { ...settings.training, batchSize: 8, epochs: 12, patience: 12 },
      },
    };
    const runs = `${folder}/runs`;
    const list = await listGrid(runs, long);
    const ended = await runTraining(list, 1, "SIGTERM");
    assert.equal(ended.code, 143);
    assert.match(ended.output, /told to end in epoch \d+; a checkpoint is kept/);
    assert.equal(await readEnd(list, 1), null);
    const [name] = [...Deno.readDirSync(runs)].map(({ name }) => name).filter((name) =>
      name.startsWith("target-")
    );
    assert.ok(await exists(`${runs}/${name}/checkpoint.safetensors`));
    const { code } = await runTraining(list, 1);
    assert.equal(code, 0);
    assert.equal((await readEnd(list, 1))?.error, null);
    const collected = await runComparison({ engine, runs }, { ...smallGrid, ...long });
    const whole = await runComparison({ engine, runs: null }, { ...smallGrid, ...long });
    assert.equal(collected.found, 1);
    assert.deepEqual(measured(collected), measured(whole));
  }));

/** Prints the numbers of processes that have a word in their command line. */
const processesOf = `for process in /proc/[0-9]*; do
  [ "$process" = /proc/$$ ] || { grep -qsF "$0" "$process/cmdline" && echo "\${process#/proc/}"; }
done`;

Deno.test({
  name: "trainings side by side end with what began them, though it was killed",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withTemporaryFolder(async (folder) => {
      const { settings } = smallGrid;
      const training = { ...settings.training, batchSize: 8, epochs: 10_000, patience: 10_000 };
      const runs = `${folder}/runs`;
      const list = await listGrid(runs, { settings: { ...settings, training } });
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "-P=test", `${import.meta.dirname}/side_by_side_process.ts`, list],
        stdout: "null",
      }).spawn();
      const processes = async () => {
        const { stdout } = await new Deno.Command("sh", { args: ["-c", processesOf, list] }).output();
        return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
      };
      const until = async (condition: () => boolean | Promise<boolean>) => {
        while (!await condition()) await new Promise((resolve) => setTimeout(resolve, 200));
      };
      const log = `${list}/logs/2.log`;
      await until(async () => await exists(log) && Deno.readTextFileSync(log).includes("instances/s"));
      assert.ok((await processes()).length > 2);
      child.kill("SIGKILL");
      await child.status;
      await until(async () => (await processes()).length === 0);
      assert.match(Deno.readTextFileSync(log), /told to end in epoch \d+; a checkpoint is kept/);
    }),
});

Deno.test("what is no training of a list is refused in one line", () =>
  withTemporaryFolder(async (folder) => {
    const list = await listGrid(`${folder}/runs`);
    const { trainings } = await readList(list);
    for (const [place, number] of [[list, trainings.length + 1], [folder, 1]] as const) {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "-P=train", train, place, String(number)],
      }).output();
      assert.equal(code, 1);
      const message = new TextDecoder().decode(stderr).trim();
      assert.match(message, /^ParameterError: (number of the training|list of trainings): /);
      assert.equal(message.split("\n").length, 1);
    }
  }));
