// The front door, lib/mod.ts: documented to the last field, small to load, and fit to be published.
import assert from "node:assert/strict";
import { join } from "node:path";

const root = join(import.meta.dirname!, "..");

/** Runs Deno in the project; returns what it writes, both streams. */
async function deno(...args: string[]): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const { success, ...streams } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const [stdout, stderr] = [streams.stdout, streams.stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { success, stdout, stderr };
}

Deno.test("everything that can be imported is documented, and so is every type that it mentions", async () => {
  const { success, stdout, stderr } = await deno("doc", "--lint", "lib/mod.ts");
  assert.ok(success, stdout + stderr);
});

Deno.test("a program loads neither figures nor notebooks", async () => {
  const { stdout } = await deno("info", "--json", "lib/mod.ts");
  const modules: { specifier: string }[] = JSON.parse(stdout).modules;
  assert.ok(modules.some(({ specifier }) => specifier.endsWith("/lib/systems/lab.ts")));
  assert.deepEqual(
    modules.filter(({ specifier }) => /\/lib\/(figures|notebook|studies|experiments)\//.test(specifier)),
    [],
  );
});

Deno.test("the package holds the library and the notebooks, and nothing of tests, data or results", async () => {
  const { success, stdout, stderr } = await deno("publish", "--dry-run", "--allow-dirty", "--no-check");
  assert.ok(success, stdout + stderr);
  const files = [...(stdout + stderr).matchAll(/file:\/\/\S+/g)].map(([url]) =>
    decodeURI(url).split(`${root}/`)[1]
  );
  assert.ok(
    files.includes("lib/mod.ts") && files.includes("LICENSE") &&
      files.includes("notebooks/01-datasets.ipynb"),
  );
  const foreign = files.filter((file) => !/^(lib|notebooks)\/|^(README\.md|LICENSE|deno\.json)/.test(file));
  assert.deepEqual(foreign, []);
  assert.deepEqual(files.filter((file) => file.includes("_test.ts")), []);
});
