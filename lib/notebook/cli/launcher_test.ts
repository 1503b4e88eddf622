import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";

const launcher = new URL("./launcher.ts", import.meta.url).href;
const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Starts a program that waits for ever from a shell of some name, which is no child of this process; kills that shell
 * when the program has begun, and says whether the program ended within a few seconds.
 */
async function endsWith(name: string): Promise<boolean> {
  let endedByItself = false;
  await withTemporaryFolder(async (folder) => {
    await Deno.symlink("/bin/sh", join(folder, name));
    const program = join(folder, "program.ts");
    await Deno.writeTextFile(
      program,
      `const { endWithLauncher } = await import(${JSON.stringify(launcher)});
      await endWithLauncher();
      console.log(Deno.pid);
      setTimeout(() => {}, 1e6);`,
    );
    const run =
      `"${Deno.execPath()}" run --quiet --no-check -P=test --config "${root}/deno.json" "${program}"`;
    // the outer shell ends at once; the sleep lets it be gone when the program looks for its ancestors
    const script = `("${join(folder, name)}" -c 'echo $$; sleep 0.3; ${run}; :' &)`;
    const process = new Deno.Command("sh", {
      args: ["-c", script],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const output = process.stdout.getReader();
    const readLine = async () => new TextDecoder().decode((await output.read()).value).trim();
    const ids = [await readLine(), await readLine()];
    await kill(ids[0]);
    const end = output.read(); // the program holds the other end while it runs
    const timeout = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => timeout.resolve(false), 4000);
    endedByItself = await Promise.race([end.then(() => true), timeout.promise]);
    clearTimeout(timer);
    await kill(ids[1]);
    await end;
    await process.status;
  });
  return endedByItself;
}

async function kill(id: string): Promise<void> {
  await new Deno.Command("sh", { args: ["-c", `kill -KILL ${id}`], stderr: "null" }).output();
}

Deno.test("a program ends with the npx that started it", async () => {
  assert.ok(await endsWith("npm exec deno@2.9.6"));
});

Deno.test("a program outlives a shell that started it: nohup stays nohup", async () => {
  assert.ok(!await endsWith("some-shell"));
});
