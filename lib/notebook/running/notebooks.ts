import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ParameterError } from "../../errors.ts";

/** The folder with the project's notebooks. */
export const notebooksFolder: string = fileURLToPath(new URL("../../../notebooks/", import.meta.url));

/**
 * Returns the paths of the project's notebooks in the order in which they are read and run.
 *
 * Copies that Jupyter or VS Code makes beside them (`04-fine-tuning-Copy1`, `04-fine-tuning copy`) are left out.
 */
export async function listNotebooks(folder: string = notebooksFolder): Promise<string[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  return names.filter((name) => /^\d\d(-[a-z0-9]+)+\.ipynb$/.test(name)).sort().map((name) =>
    join(folder, name)
  );
}

/**
 * Finds a notebook by its number (`4`, `04`) or its name (`04-fine-tuning`).
 *
 * @param paths as from `listNotebooks`
 * @throws {ParameterError} if there is no such notebook
 */
export function findNotebook(paths: string[], wanted: string): string {
  const name = basename(wanted, ".ipynb");
  const found = paths.find((path) => {
    const candidate = basename(path, ".ipynb");
    return candidate === name || /^\d+$/.test(name) && Number(candidate.slice(0, 2)) === Number(name);
  });
  if (found) return found;
  throw new ParameterError({
    where: "notebook",
    expected: `one of ${paths.map((path) => basename(path, ".ipynb")).join(", ")}`,
    found: JSON.stringify(wanted),
    advice: "Give its number or its name.",
  });
}
