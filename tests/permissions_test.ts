import assert from "node:assert/strict";
import { join } from "node:path";
import { withTemporaryFolder } from "./with_temporary_folder.ts";

const root = join(import.meta.dirname!, "..");

/** Does each of some things with the permissions of a task; returns the names of the errors, null where there was none. */
async function attempt(permissions: string, actions: string[]): Promise<(string | null)[]> {
  let output = "";
  await withTemporaryFolder(async (folder) => {
    const program = join(folder, "program.ts");
    const attempts = actions.map((action) => `() => ${action}`).join(", ");
    await Deno.writeTextFile(
      program,
      `const outcomes = [];
      for (const action of [${attempts}]) {
        outcomes.push(await Promise.try(action).then(() => null, (error) => error.name));
      }
      console.log(JSON.stringify(outcomes));`,
    );
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-check",
        "--no-prompt",
        "--config",
        "deno.json",
        `-P=${permissions}`,
        program,
      ],
      cwd: root,
      stderr: "null",
    }).output();
    output = new TextDecoder().decode(stdout);
  });
  return JSON.parse(output);
}

Deno.test("what runs the notebooks writes only outputs, starts only a shell and reaches only this machine", async () => {
  const refused = [
    'Deno.open("lib/mod.ts", { append: true })',
    'Deno.open("notebooks/01-datasets.ipynb", { append: true })',
    'Deno.open("/etc/hostname", { append: true })',
    'new Deno.Command("cat").output()',
    "new Deno.Command(Deno.execPath()).output()",
    'Deno.connect({ hostname: "192.0.2.1", port: 80 })',
    'Deno.env.get("HOME")',
  ];
  assert.deepEqual(await attempt("notebook", refused), refused.map(() => "NotCapable"));
});

Deno.test("what checks the notebooks writes only beside them and reaches nobody", async () => {
  const refused = [
    'Deno.open("figures/architecture.svg", { append: true })',
    'Deno.open("/tmp", { append: true })',
    'Deno.connect({ hostname: "127.0.0.1", port: 80 })',
    'Deno.readTextFile("/etc/hostname")',
  ];
  assert.deepEqual(await attempt("check", refused), refused.map(() => "NotCapable"));
});

Deno.test("what has Slurm train starts only a shell and Slurm's commands, and reaches only this machine", async () => {
  const refused = [
    'new Deno.Command("cat").output()',
    'new Deno.Command("apt-get").output()',
    "new Deno.Command(Deno.execPath()).output()",
    'Deno.connect({ hostname: "192.0.2.1", port: 80 })',
    'Deno.env.get("HOME")',
  ];
  assert.deepEqual(await attempt("cluster", refused), refused.map(() => "NotCapable"));
});

Deno.test("what does one training of a list starts only a shell and reaches nobody", async () => {
  const refused = [
    'new Deno.Command("cat").output()',
    "new Deno.Command(Deno.execPath()).output()",
    'Deno.connect({ hostname: "127.0.0.1", port: 80 })',
  ];
  assert.deepEqual(await attempt("train", refused), refused.map(() => "NotCapable"));
});
