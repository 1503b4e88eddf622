import assert from "node:assert/strict";
import { exists } from "../../lib/data/files.ts";
import { readList } from "../../lib/experiments/lists/training_list.ts";
import { withTemporaryFolder } from "../with_temporary_folder.ts";
import { root, runTask, settingsOf, withOutputs } from "./run_task.ts";

/** Makes a folder of commands in which there is no Slurm, for PATH. */
async function pathWithoutSlurm(folder: string): Promise<string> {
  const path = `${folder}/bin`;
  await Deno.mkdir(path);
  for (const name of ["sh", "rm", "sleep"]) {
    const { stdout } = await new Deno.Command("sh", { args: ["-c", `command -v ${name}`] }).output();
    await Deno.symlink(new TextDecoder().decode(stdout).trim(), `${path}/${name}`);
  }
  return path;
}

Deno.test("without Slurm that is said, and a plain loop over the list trains what the tables are made of", () =>
  withTemporaryFolder((folder) =>
    withOutputs(1, async ([out]) => {
      const env = { PATH: await pathWithoutSlurm(folder) };
      const runs = `${folder}/runs`;
      const options = [
        "5",
        "--out",
        out,
        ...settingsOf({ runs, systemNames: ["Popularity", "SASRec"], epochs: 1 }),
      ];
      const refused = await runTask("cluster", options, env);
      assert.equal(refused.code, 1);
      assert.match(refused.output, /no sbatch here: .*apt-get install slurm-wlm munge.* --jobs \d+/s);
      const list = refused.output.match(/cluster collect (\S+)/)![1];

      const tooEarly = await runTask("cluster", ["collect", list], env);
      assert.equal(tooEarly.code, 1);
      assert.match(tooEarly.output, /not begun: 1, .*not begun: 2, .*No tables are made: 2 not begun/s);
      assert.ok(!await exists(`${root}/figures/sample/${out}`));

      const { trainings } = await readList(list);
      for (const [at] of trainings.entries()) {
        const { code, output } = await runTask("train", [list, String(at + 1)], env);
        assert.equal(code, 0, output);
      }
      assert.ok(!await exists(`${root}/figures/sample/${out}`), "a training writes nothing under figures");
      const status = await runTask("cluster", ["status", list], env);
      assert.match(status.output, /^2 done$/m);
      const collected = await runTask("cluster", ["collect", list], env);
      assert.equal(collected.code, 0, collected.output);
      assert.match(collected.output, /Comparison: 2 trainings, 2 of them found/);
      assert.ok(await exists(`${root}/figures/sample/${out}/table-3.csv`));
    })
  ));
