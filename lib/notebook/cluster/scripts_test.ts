import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { type JobOptions, quote, submitScript, tableScript, trainingScript } from "./scripts.ts";

const options: JobOptions = { cpus: 2, atOnce: 3, memory: null, time: null, sbatch: ["--account=a b"] };

/** A command that stands in for sbatch: it notes its arguments, and numbers the jobs. */
const fakeSbatch = `#!/bin/sh
for argument in "$@"; do printf '%s\\n' "$argument"; done >>calls
echo >>calls
job=$(( $(cat last 2>/dev/null || echo 100) + 1 ))
echo $job >last
echo "$job;cluster"
`;

/** Runs a script that submits, with the stand-in, and returns each call's arguments and the file of jobs. */
async function submit(list: string, script: string): Promise<{ calls: string[][]; jobs: string }> {
  await Deno.mkdir(`${list}/bin`, { recursive: true });
  await Deno.writeTextFile(`${list}/bin/sbatch`, fakeSbatch, { mode: 0o755 });
  await Deno.writeTextFile(`${list}/submit.sh`, script);
  const { success } = await new Deno.Command("sh", {
    args: [`${list}/submit.sh`],
    env: { PATH: `${list}/bin:${Deno.env.get("PATH")}` },
  }).output();
  assert.ok(success);
  const calls = (await Deno.readTextFile(`${list}/calls`)).trim().split("\n\n").map((call) =>
    call.split("\n")
  );
  return { calls, jobs: await Deno.readTextFile(`${list}/jobs`) };
}

Deno.test("arrays wait for the jobs of their pre-trainings, the tables for all, and each job is noted", () =>
  withTemporaryFolder(async (folder) => {
    const list = `${folder}/it's a list`;
    await Deno.mkdir(list);
    const script = submitScript(
      { list },
      [
        { numbers: [1, 3], base: 0, after: [], memory: 1e9 },
        { numbers: [1002, 1003], base: 1000, after: [1, 2], memory: 2e9 },
      ],
      new Map([[2, "77_2"]]),
      options,
    );
    const { calls, jobs } = await submit(list, script);
    const [first, second, tables] = calls;
    assert.ok(
      first.includes("--array=1,3%3") && first.includes("--export=ALL,BASE=0") &&
        first.includes("--mem=1250M"),
    );
    assert.ok(first.includes("--cpus-per-task=2") && first.includes("--account=a b"));
    assert.ok(!first.some((argument) => argument.startsWith("--dependency")));
    assert.ok(second.includes("--array=2-3%3") && second.includes("--export=ALL,BASE=1000"));
    assert.ok(
      second.includes("--dependency=afterok:101_1:77_2") && second.includes("--kill-on-invalid-dep=yes"),
    );
    assert.ok(tables.includes("--dependency=afterany:101:102:77_2") && tables.at(-1) === "tables.sbatch");
    assert.equal(jobs, "1 101_1\n3 101_3\n1002 102_2\n1003 102_3\n0 103\n");
  }));

Deno.test("a job becomes the program that it runs, with the number of its training", () =>
  withTemporaryFolder(async (folder) => {
    const list = `${folder}/a list`;
    await Deno.mkdir(`${list}/logs`, { recursive: true });
    const deno = `${folder}/deno $1`;
    await Deno.writeTextFile(deno, '#!/bin/sh\necho "$@"\necho "$UNISREC_THREADS $$"\n', { mode: 0o755 });
    const run = async (script: string, env: Record<string, string>) => {
      await Deno.writeTextFile(`${folder}/job`, script);
      const child = new Deno.Command("sh", { args: [`${folder}/job`], env, stdout: "piped" }).spawn();
      const { stdout, success } = await child.output();
      assert.ok(success);
      return { pid: child.pid, output: new TextDecoder().decode(stdout) };
    };
    const places = { root: folder, list, deno };
    const env = { BASE: "1000", SLURM_ARRAY_TASK_ID: "7", SLURM_CPUS_PER_TASK: "4" };
    const { pid } = await run(trainingScript(places), env);
    const log = await Deno.readTextFile(`${list}/logs/1007.log`);
    assert.equal(log, `run --quiet -P=train lib/notebook/cli/train.ts ${list} 1007\n4 ${pid}\n`);
    const tables = await run(tableScript(places), env);
    assert.equal(
      tables.output,
      `run --quiet -P=cluster lib/notebook/cli/cluster.ts collect ${list}\n4 ${tables.pid}\n`,
    );
  }));

Deno.test("a text is one word of a shell, whatever is in it", async () => {
  for (const text of ["plain", "two words", "it's", '$HOME `x` "y" \\', "", "new\nline", "--a=b,c%2"]) {
    const { stdout } = await new Deno.Command("sh", { args: ["-c", `printf %s ${quote(text)}`] }).output();
    assert.equal(new TextDecoder().decode(stdout), text);
  }
});
