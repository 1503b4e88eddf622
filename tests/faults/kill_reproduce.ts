/**
 * Kills `reproduce` again and again, lets it then run to its end, and compares what came out with an undisturbed run.
 *
 * deno run -A tests/faults/kill_reproduce.ts [--kills 30] [--seed 1] [--longest 90] [--reference numbers.sha256]
 *
 * `longest` is the time in seconds that a run gets at most before it is killed. Works on copies of the project in a
 * temporary folder; an hour for thirty kills on two cores. Ends with code 1 if something differs or is left over.
 */
import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGenerator, uniform } from "../../lib/random.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));

const { values } = parseArgs({
  args: Deno.args,
  options: {
    kills: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    longest: { type: "string", default: "90" },
    reference: { type: "string" },
  },
});

/** A process: whose child it is, and what it runs. */
interface Process {
  id: number;
  parent: number;
  command: string;
  cwd: string;
}

function listProcesses(): Process[] {
  return Array.from(Deno.readDirSync("/proc")).flatMap(({ name }) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = Deno.readTextFileSync(`/proc/${name}/cmdline`).replaceAll("\0", " ");
      return [{
        id: Number(name),
        parent: Number(parent),
        command,
        cwd: Deno.readLinkSync(`/proc/${name}/cwd`),
      }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

const processesIn = (folder: string) => listProcesses().filter(({ cwd }) => cwd.startsWith(folder));

function descendantsOf(id: number, processes = listProcesses()): number[] {
  return [
    id,
    ...processes.filter(({ parent }) => parent === id).flatMap((own) => descendantsOf(own.id, processes)),
  ];
}

function signal(id: number, name: Deno.Signal): void {
  try {
    Deno.kill(id, name);
  } catch {
    // it has ended meanwhile
  }
}

const runnerOf = (npx: number) => {
  const tree = descendantsOf(npx);
  return listProcesses().find(({ id, command }) => tree.includes(id) && /cli\/reproduce\.ts/.test(command))
    ?.id;
};

/** The ways to end a run; each gets the process ID of npx. */
const ways: Record<string, (npx: number) => void> = {
  "kill -9 of the runner": (npx) => signal(runnerOf(npx) ?? npx, "SIGKILL"),
  "kill -9 of the whole tree": (npx) => descendantsOf(npx).forEach((id) => signal(id, "SIGKILL")),
  "SIGTERM to the runner": (npx) => signal(runnerOf(npx) ?? npx, "SIGTERM"),
  "SIGINT to the whole tree": (npx) => descendantsOf(npx).forEach((id) => signal(id, "SIGINT")),
  "SIGTERM to npx": (npx) => signal(npx, "SIGTERM"),
};

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The connection folders of all kernels that were seen. */
const connections = new Set<string>();

function noteConnections(folder: string): void {
  for (const { id, command } of processesIn(folder)) {
    if (!/jupyter.*--conn/.test(command)) continue;
    const file = command.match(/--conn (\S+)/)?.[1];
    if (file && id) connections.add(dirname(file));
  }
}

function startReproduce(folder: string, temporary: string): Deno.ChildProcess {
  return new Deno.Command("npx", {
    args: ["-y", "deno@2.9.6", "task", "reproduce"],
    cwd: folder,
    env: { TMPDIR: temporary, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** Runs to the end; returns the contents of `numbers.sha256`. */
async function reproduceWhole(folder: string, temporary: string): Promise<string> {
  const start = performance.now();
  const run = startReproduce(folder, temporary);
  const watch = setInterval(() => noteConnections(folder), 500);
  const { code } = await run.status;
  clearInterval(watch);
  console.log(`${basename(folder)}: ran to its end in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  assert.equal(code, 0, "a notebook failed");
  return await Deno.readTextFile(join(folder, "figures/sample/numbers.sha256"));
}

/** Copies what git would: the files it has, and those it does not ignore. */
async function copyProject(to: string): Promise<void> {
  const list = "cd \"$1\" && git ls-files -z --cached --others --exclude-standard -- . ':!figures' | " +
    'tar --null --ignore-failed-read -cf - -T - | tar -xf - -C "$2"';
  await Deno.mkdir(join(to, "figures"), { recursive: true });
  const { success } = await new Deno.Command("sh", { args: ["-c", list, "sh", project, to] }).output();
  assert.ok(success, "the project could not be copied");
}

function leftOvers(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? leftOvers(path) : /\.tmp$|^\.\d\d-.*\.ts$/.test(name) ? [path] : [];
  });
}

const root = await Deno.makeTempDir({ prefix: "kill-reproduce-" });
try {
  const [whole, killed, temporary] = ["whole", "killed", "temporary"].map((name) => join(root, name));
  await Deno.mkdir(temporary);
  await copyProject(killed);
  let expected;
  if (values.reference !== undefined) expected = await Deno.readTextFile(values.reference);
  else {
    await copyProject(whole);
    expected = await reproduceWhole(whole, temporary);
  }

  const generator = createGenerator(Number(values.seed));
  const names = Object.keys(ways);
  for (let kill = 0; kill < Number(values.kills); kill++) {
    const way = names[kill % names.length];
    const delay = 1 + uniform(generator) * (Number(values.longest) - 1);
    const run = startReproduce(killed, temporary);
    const watch = setInterval(() => noteConnections(killed), 500);
    await Promise.race([sleep(delay), run.status]);
    noteConnections(killed);
    ways[way](run.pid);
    clearInterval(watch);
    const start = performance.now();
    while (processesIn(killed).length > 0 && performance.now() - start < 20_000) await sleep(0.1);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const left = processesIn(killed);
    console.log(`${kill + 1}: ${way} after ${delay.toFixed(1)} s; all ended after ${seconds} s`);
    assert.deepEqual(left, [], "processes are left");
    await run.status;
  }

  const numbers = await reproduceWhole(killed, temporary);
  assert.equal(numbers, expected, "the numbers differ");
  assert.deepEqual(processesIn(killed), [], "processes are left");
  assert.deepEqual(leftOvers(killed), [], "temporary files are left in the project");
  assert.deepEqual(leftOvers(temporary), [], "temporary files are left");
  assert.deepEqual(Array.from(Deno.readDirSync(temporary)), [], "temporary folders are left");
  const there = [...connections].filter((folder) => {
    try {
      return Deno.statSync(folder).isDirectory;
    } catch {
      return false;
    }
  });
  assert.deepEqual(there, [], "connection folders are left");
  console.log(
    `${values.kills} kills, ${connections.size} kernels seen: numbers.sha256 is the same, and nothing is left over`,
  );
} finally {
  await Deno.remove(root, { recursive: true });
}
