import { basename, join } from "node:path";
import { writeChecksums } from "../../figures/output/checksums.ts";
import { outputFolder, type OutputPlace, partsOfPlace } from "../../figures/output/place.ts";
import type { JsonObject } from "../../json.ts";
import { checkWritable, writeFileAtomically } from "../../write_file.ts";
import { printable } from "../../printable.ts";
import { formatDuration } from "../pages/format.ts";
import { numberLines, readNotebook } from "./notebook_file.ts";
import { writeOverview } from "../pages/overview.ts";
import { injectParameters, type ParameterValues } from "./parameters.ts";
import { renderHtml } from "../pages/render_html.ts";
import { changeTimes, recordRun } from "./run_records.ts";
import { type CellReport, type Failure, type NotebookReport, runNotebook } from "./run_notebook.ts";
import { sparseLines } from "../inside/now_and_then.ts";
import { showLastingLine, showPassingLine } from "../inside/terminal_line.ts";

/**
 * Runs a notebook, reporting cells and trainings on the console, writes the executed notebook and its HTML under
 * `notebooks/` in the place of outputs, and brings that place's record of runs, checksums and overview up to date.
 *
 * @param source the notebook's path
 * @param place of the outputs; it also says the profile
 * @param values the notebook's other parameters
 * @param timeout the longest that a cell may take, in seconds
 * @throws {ParameterError} before anything is written, if a parameter is not the notebook's, or its value of another type
 * @throws {StorageError} before anything runs, if that folder may not be written
 */
export async function produce(
  source: string,
  place: OutputPlace,
  values: ParameterValues,
  timeout: number,
): Promise<NotebookReport> {
  const name = basename(source, ".ipynb");
  const { profile, out } = partsOfPlace(place);
  const folder = join(outputFolder(place), "notebooks");
  const destination = join(folder, `${name}.ipynb`);
  const injected = { profile, ...(out === null ? {} : { out }), ...values };
  injectParameters(await readNotebook(source), injected, name); // what is wrong with them is said before a folder is made
  await checkWritable(folder);
  const { lasting: show, passing } = Deno.stdout.isTerminal()
    ? { lasting: showLastingLine, passing: showPassingLine }
    : sparseLines((line) => console.log(printable(line)));
  const shownSet = Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  show(`${name} on ${profile}${shownSet.length > 0 ? ` with ${shownSet.join(", ")}` : ""}`);
  const before = await changeTimes(place);
  const report = await runNotebook({
    source,
    destination,
    values: injected,
    timeout,
    onCell: (cell) => show(describeCell(cell)),
    onProgress: ({ text, isOver }) => (isOver ? show : passing)(`      ${text}`),
  });
  const page = await renderHtml(await readNotebook(destination), name, "../index.html");
  await writeFileAtomically(join(folder, `${name}.html`), page);
  const { seconds, failure } = report;
  const record = {
    seconds,
    failure: failure && summarise(failure),
    ...(shownSet.length > 0 ? { set: values as JsonObject } : {}),
  };
  await recordRun(place, name, record, before);
  await writeChecksums(place);
  await writeOverview(place);
  if (failure) console.error(printable(`\n${describeFailure(name, failure)}\n`));
  else console.log(`${name}: done in ${formatDuration(seconds)}\n`);
  return report;
}

function describeCell({ number, of, seconds, heading }: CellReport): string {
  const position = `[${String(number).padStart(String(of).length)}/${of}]`;
  return `  ${position} ${formatDuration(seconds).padStart(12)}  ${heading}`;
}

/** Says in one line which cell failed, and why. */
export function summarise({ cell, message }: Failure): string {
  return `code cell ${cell}: ${message.split("\n")[0]}`;
}

/** Tells which cell failed, with its numbered source, and why. */
export function describeFailure(name: string, { cell, source, message }: Failure): string {
  return `${name}: code cell ${cell} failed\n\n${numberLines(source)}\n\n${message}`;
}
