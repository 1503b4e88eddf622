import assert from "node:assert/strict";
import { createGenerator, uniform } from "../lib/random.ts";
import { readLog } from "../lib/training/run_log.ts";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

const script = `${import.meta.dirname}/training_process.ts`;

/** Trains in a process of its own; with a delay, kills it that many milliseconds after training has started. */
async function train(runs: string, delay: number | null): Promise<{ killed: boolean; milliseconds: number }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-P=test", script, runs],
    cwd: `${import.meta.dirname}/..`,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start = 0;
  for await (const _ of child.stdout) {
    start = performance.now();
    if (delay !== null) timer = setTimeout(() => child.kill("SIGKILL"), delay);
  }
  const { success, signal } = await child.status;
  clearTimeout(timer);
  assert.ok(success || signal === "SIGKILL");
  return { killed: !success, milliseconds: performance.now() - start };
}

/** Returns a run's checkpoint and what its log says of the training, times left out. */
async function endOf(runs: string) {
  const [{ name }] = Array.from(Deno.readDirSync(runs));
  const log = await readLog(`${runs}/${name}/log.jsonl`);
  return {
    checkpoint: await Deno.readFile(`${runs}/${name}/checkpoint.safetensors`),
    log: log.map(({ epoch, loss, metric }) => ({ epoch, loss, metric })),
  };
}

Deno.test("training that is killed again and again ends with the same bytes as training that is left alone", () =>
  withTemporaryFolder(async (folder) => {
    const [whole, killed] = [`${folder}/whole`, `${folder}/killed`];
    const { milliseconds } = await train(whole, null);
    const generator = createGenerator(11);
    let kills = 0;
    for (let round = 0; round < 6; round++) {
      if ((await train(killed, milliseconds * uniform(generator))).killed) kills++;
    }
    await train(killed, null);
    assert.ok(kills >= 3, `only ${kills} of 6 were killed before their end`);
    assert.deepEqual(await endOf(killed), await endOf(whole));
  }));
