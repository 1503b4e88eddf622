import assert from "node:assert/strict";
import { join } from "node:path";

const root = join(import.meta.dirname!, "..");
const { tasks } = JSON.parse(await Deno.readTextFile(join(root, "deno.json"))) as {
  tasks: Record<string, { description: string; command: string }>;
};

for (const [name, { command }] of Object.entries(tasks)) {
  Deno.test(`task ${name} says with --help how it is used, and does nothing else`, async () => {
    const [, ...args] = command.split(" "); // deno
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "--help"],
      cwd: root,
      env: { NO_COLOR: "1" },
      stderr: "null",
    }).output();
    assert.equal(code, 0);
    // Deno's own commands say themselves how they are used
    const expected = args[0] === "run" ? `deno task ${name}` : `deno ${args[0]}`;
    assert.ok(new TextDecoder().decode(stdout).includes(expected), new TextDecoder().decode(stdout));
  });
}
