// Runs the tasks of grids as people do, for the tests beside this.
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** Runs one of the tasks, and returns its exit code and output. */
export async function runTask(
  name: "notebook" | "cluster" | "train",
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", `-P=${name}`, `lib/notebook/cli/${name}.ts`, ...args],
    cwd: root,
    env: { NO_COLOR: "1", ...env },
  }).output();
  return { code, output: [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("") };
}

/** Returns the options that set parameters. */
export function settingsOf(values: Record<string, unknown>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ["--set", `${name}=${JSON.stringify(value)}`]);
}

/** Does something with folders of outputs below the sample's that are not there before, nor after. */
export async function withOutputs(count: number, test: (names: string[]) => Promise<void>): Promise<void> {
  const names = Array.from({ length: count }, () => `test-${crypto.randomUUID().slice(0, 8)}`);
  try {
    await test(names);
  } finally {
    for (const name of names) {
      await Deno.remove(`${root}/figures/sample/${name}`, { recursive: true }).catch(() => {}); // not made
    }
  }
}
