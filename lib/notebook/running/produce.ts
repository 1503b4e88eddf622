import { basename, join } from "node:path";
import { writeChecksums } from "../../figures/output/checksums.ts";
import { profileFolder } from "../../figures/output/save.ts";
import { checkWritable, writeFileAtomically } from "../../write_file.ts";
import { printable } from "../../printable.ts";
import { formatDuration } from "../pages/format.ts";
import { numberLines, readNotebook } from "./notebook_file.ts";
import { writeOverview } from "../pages/overview.ts";
import type { ParameterValues } from "./parameters.ts";
import { renderHtml } from "../pages/render_html.ts";
import { changeTimes, recordRun } from "./run_records.ts";
import { type CellReport, type Failure, type NotebookReport, runNotebook } from "./run_notebook.ts";
import { showLastingLine, showPassingLine } from "../inside/terminal_line.ts";

/**
 * Runs a notebook on a profile, reporting each cell on the console, writes the executed notebook and its HTML under
 * `figures/<profile>/notebooks/`, and brings the profile's record of runs, checksums and overview up to date.
 *
 * @param source the notebook's path
 * @param values its other parameters
 * @param timeout the longest that a cell may take, in seconds
 * @throws {StorageError} before anything runs, if that folder may not be written
 */
export async function produce(
  source: string,
  profile: string,
  values: ParameterValues,
  timeout: number,
): Promise<NotebookReport> {
  const name = basename(source, ".ipynb");
  const folder = join(profileFolder(profile), "notebooks");
  const destination = join(folder, `${name}.ipynb`);
  await checkWritable(folder);
  const isTerminal = Deno.stdout.isTerminal();
  const show = isTerminal ? showLastingLine : console.log;
  console.log(`${name} on ${profile}`);
  const before = await changeTimes(profile);
  const report = await runNotebook({
    source,
    destination,
    values: { profile, ...values },
    timeout,
    onCell: (cell) => show(describeCell(cell)),
    onProgress: isTerminal ? (line) => showPassingLine(`  ${line}`) : undefined,
  });
  await writeFileAtomically(join(folder, `${name}.html`), renderHtml(await readNotebook(destination), name));
  const { seconds, failure } = report;
  await recordRun(profile, name, { seconds, failure: failure && summarise(failure) }, before);
  await writeChecksums(profile);
  await writeOverview(profile);
  if (failure) console.error(printable(`\n${describeFailure(name, failure)}\n`));
  else console.log(`${name}: done in ${formatDuration(seconds)}\n`);
  return report;
}

function describeCell({ number, of, seconds, firstLine }: CellReport): string {
  const position = `[${String(number).padStart(String(of).length)}/${of}]`;
  return `  ${position} ${formatDuration(seconds).padStart(12)}  ${firstLine.slice(0, 70)}`;
}

/** Says in one line which cell failed, and why. */
export function summarise({ cell, message }: Failure): string {
  return `code cell ${cell}: ${message.split("\n")[0]}`;
}

/** Tells which cell failed, with its numbered source, and why. */
function describeFailure(name: string, { cell, source, message }: Failure): string {
  return `${name}: code cell ${cell} failed\n\n${numberLines(source)}\n\n${message}`;
}
