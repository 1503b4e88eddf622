import assert from "node:assert/strict";
import { createGenerator, uniform } from "../lib/random.ts";
import { readLog } from "../lib/files/run_log.ts";
import { epochSchema } from "../lib/training/epoch_schema.ts";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

/** Runs a training script in a process of its own; with a delay, kills it that many milliseconds after its start. */
async function train(
  script: string,
  runs: string,
  delay: number | null,
): Promise<{ killed: boolean; milliseconds: number }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-P=test", `${import.meta.dirname}/${script}`, runs],
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
  const log = await readLog(`${runs}/${name}/log.jsonl`, epochSchema);
  return {
    checkpoint: await Deno.readFile(`${runs}/${name}/checkpoint.safetensors`),
    log: log.map(({ epoch, loss, parts, metric }) => ({ epoch, loss, parts, metric })),
  };
}

for (
  const [what, script, rounds] of [
    ["training", "training_process.ts", 6],
    ["pre-training", "pretraining_process.ts", 10],
  ] as const
) {
  Deno.test(`${what} that is killed again and again ends with the same bytes as when it is left alone`, () =>
    withTemporaryFolder(async (folder) => {
      const [whole, killed] = [`${folder}/whole`, `${folder}/killed`];
      const { milliseconds } = await train(script, whole, null);
      const generator = createGenerator(11);
      let kills = 0;
      for (let round = 0; round < rounds; round++) {
        // each time gets some way, and most of them are killed before all is done
        const delay = milliseconds * uniform(generator) * 3 / rounds;
        if ((await train(script, killed, delay)).killed) kills++;
      }
      await train(script, killed, null);
      assert.ok(kills >= rounds / 2, `only ${kills} of ${rounds} were killed before their end`);
      assert.deepEqual(await endOf(killed), await endOf(whole));
    }));
}
