import { basename } from "node:path";
import { printable } from "../../printable.ts";
import type { NotebookReport } from "./run_notebook.ts";
import { summarise } from "./produce.ts";

/** How one of several notebooks went. */
export interface Outcome {
  name: string;
  seconds: number;
  /** One line that says what went wrong, or null if every cell ran. */
  failure: string | null;
}

/**
 * Runs notebooks one after the other; one that fails, or cannot be run at all, does not keep the others from running.
 *
 * @param notebooks their paths
 */
export async function runAll(
  notebooks: readonly string[],
  run: (notebook: string) => Promise<NotebookReport>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const notebook of notebooks) {
    const start = performance.now();
    let failure;
    try {
      const report = await run(notebook);
      failure = report.failure && summarise(report.failure);
    } catch (error) {
      const { name, message } = error as Error;
      failure = printable(`${name}: ${message.split("\n")[0]}`);
    }
    const seconds = (performance.now() - start) / 1000;
    outcomes.push({ name: basename(notebook, ".ipynb"), seconds, failure });
  }
  return outcomes;
}
