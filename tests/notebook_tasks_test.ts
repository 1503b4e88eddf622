import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The permissions of tasks that have others than those of notebooks. */
const permissions: Record<string, string> = { cluster: "cluster", encode: "train" };

/** Runs one of the tasks' programs, and returns its exit code and what it wrote to its error output. */
async function runTask(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; message: string }> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", `-P=${permissions[name] ?? "notebook"}`, `lib/notebook/cli/${name}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", ...env },
  });
  const { code, stderr } = await command.output();
  return { code, message: new TextDecoder().decode(stderr) };
}

/** Returns the folders of outputs, and those in them; there are none before the first run. */
async function outputs(): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(`${root}/figures`));
    const inner = entries.filter(({ isDirectory }) => isDirectory).flatMap(({ name }) =>
      [...Deno.readDirSync(`${root}/figures/${name}`)].filter(({ isDirectory }) => isDirectory)
        .map((entry) => `${name}/${entry.name}`)
    );
    return [...entries.map(({ name }) => name), ...inner];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

const wrong: [string, string, string[], RegExp][] = [
  ["an unknown option", "reproduce", ["--profil", "sample"], /ParameterError.*--profile.*'--profil'/s],
  [
    "an unknown profile",
    "reproduce",
    ["--profile", "Nowhere"],
    /ParameterError: profile: .*sample.*"Nowhere"/,
  ],
  [
    "a parameter of no notebook",
    "reproduce",
    ["--set", "seed=7", "--set", "pretrainingEpoch=23"],
    /ParameterError: parameter pretrainingEpoch: .*pretrainingEpochs.*sourceNames/,
  ],
  ["the profile as a parameter", "reproduce", ["--set", "profile=a"], /ParameterError: .*--profile/],
  ["the folder of outputs as a parameter", "notebook", ["1", "--set", "out=a"], /ParameterError: .*--out/],
  ["a folder of outputs elsewhere", "notebook", ["1", "--out", "../OR"], /ParameterError: out: .*"\.\.\/OR"/],
  ["a metric that is none", "runs", ["--metric", "Hits"], /ParameterError: .*"Hits"/],
  ["an unknown notebook", "notebook", ["99"], /ParameterError: notebook: .*01-datasets.*"99"/],
  ["no notebook", "notebook", [], /ParameterError.*NAME/],
  [
    "an unknown parameter",
    "notebook",
    ["1", "--set", "sed=7"],
    /ParameterError: parameter sed of 01-datasets: .*profile/,
  ],
  ["a parameter without value", "notebook", ["1", "--set", "seed"], /ParameterError: --set: .*name=value/],
  ["the profile as a parameter", "notebook", ["1", "--set", "profile=a"], /ParameterError: .*--profile/],
  ["jobs that are no number", "notebook", ["5", "--jobs", "two"], /ParameterError: --jobs: .*"two"/],
  [
    "jobs without a grid",
    "notebook",
    ["1", "--jobs", "2"],
    /ParameterError: notebook 01-datasets: .*5, 6, 7 or 8/,
  ],
  [
    "jobs that cannot hand over what they train",
    "notebook",
    ["5", "--jobs", "2", "--set", "runs=null"],
    /ParameterError: parameter runs: /,
  ],
  ["no notebook", "cluster", [], /ParameterError: command line: .*NOTEBOOK/],
  ["a list that is none", "cluster", ["status", "lib"], /ParameterError: list of trainings: /],
  ["a number of processors that is none", "cluster", ["5", "--cpus", "0"], /ParameterError: --cpus: .*"0"/],
  ["memory that is none", "cluster", ["5", "--memory", "4G"], /ParameterError: --memory: .*"4G"/],
  [
    "a share that is none",
    "encode",
    ["--profile", "sample", "--model", "a", "--shard", "3/2"],
    /ParameterError: --shard/,
  ],
  ["no model", "encode", ["--profile", "sample"], /ParameterError: command line: .*--model/],
  ["a time that is none", "notebook", ["1", "--timeout", "soon"], /ParameterError: --timeout: .*"soon"/],
];

for (const [what, task, args, message] of wrong) {
  Deno.test(`${task} refuses ${what} in one line, and writes nothing`, async () => {
    const before = await outputs();
    const result = await runTask(task, args);
    assert.equal(result.code, 1);
    assert.match(result.message, message);
    assert.equal(result.message.trim().split("\n").length, 1);
    assert.deepEqual(await outputs(), before);
  });
}

Deno.test("an unreadable UNISREC_DATA is named where data are wanted from there, and not where they are not", async () => {
  const env = { UNISREC_DATA: `${root}/deno.json` };
  const wanted = await runTask("notebook", ["1", "--profile", "Toys"], env);
  assert.equal(wanted.code, 1);
  assert.match(wanted.message, /^ParameterError: the data root .*deno\.json: .*UNISREC_DATA/);
  // the sample gets as far as the notebook's name
  const { message } = await runTask("notebook", ["99"], env);
  assert.match(message, /^ParameterError: notebook: /);
});
