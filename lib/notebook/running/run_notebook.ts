import { basename, dirname, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { makeFolder } from "../../write_file.ts";
import { type Kernel, startKernel } from "../kernel/kernel.ts";
import {
  type CodeCell,
  codeCells,
  joinLines,
  type Notebook,
  numberLines,
  type Output,
  readNotebook,
  splitLines,
  writeNotebook,
} from "./notebook_file.ts";
import { headingsOfCode } from "./headings.ts";
import { createOutputCollector } from "./outputs.ts";
import { injectParameters, parameterNames, type ParameterValues } from "./parameters.ts";
import type { Message } from "../kernel/protocol.ts";

/** What is run, with what, and where the executed notebook goes. */
export interface NotebookRun {
  source: string;
  destination: string;
  values: ParameterValues;
  /** The longest that a cell may take, in seconds. */
  timeout: number;
  /** Called when a cell has ended. */
  onCell?: (cell: CellReport) => void;
  /** Called with each line of progress that a cell shows. */
  onProgress?: (line: ProgressLine) => void;
}

/** How a piece of work in a cell comes on, in one line. */
export interface ProgressLine {
  text: string;
  /** Whether the work is over, and the line sums it up. */
  isOver: boolean;
}

/** How one code cell went. */
export interface CellReport {
  /** Counted from 1, among code cells. */
  number: number;
  /** How many code cells there are. */
  of: number;
  seconds: number;
  /** The section heading that it stands under. */
  heading: string;
}

/** How a notebook went. */
export interface NotebookReport {
  seconds: number;
  /** Null if every cell ran. */
  failure: Failure | null;
}

/** Which cell failed, and why. */
export interface Failure {
  /** Counted from 1, among the code cells of the executed notebook. */
  cell: number;
  /** The cell's code. */
  source: string;
  message: string;
}

/** Names that notebooks give to what decides how much memory a training takes, the strongest first. */
const memoryParameters = [
  "batchSize",
  "pretrainingBatchSize",
  "hiddenSize",
  "hiddenSizes",
  "experts",
  "maxLength",
];

type ErrorOutput = Output & { output_type: "error" };

/**
 * Runs a notebook in a fresh kernel, in the notebook's own folder, and writes the executed copy, also after a
 * failure; that copy then says so at its top.
 *
 * @throws {DataError} if the source is no notebook
 * @throws {ParameterError} if it has no parameter of a name in `values`, or a value is not of its type
 */
export async function runNotebook(run: NotebookRun): Promise<NotebookReport> {
  const start = performance.now();
  const name = basename(run.source, ".ipynb");
  const notebook = injectParameters(await readNotebook(run.source), run.values, name);
  for (const cell of codeCells(notebook)) Object.assign(cell, { outputs: [], execution_count: null });
  const kernel = await startKernel(
    dirname(resolve(run.source)),
    parameterNames(notebook).filter((name) => memoryParameters.includes(name)),
  );
  try {
    const failure = await runCells(kernel, notebook, run);
    await makeFolder(dirname(run.destination));
    await writeNotebook(run.destination, failure ? markFailed(notebook, failure) : notebook);
    return { seconds: (performance.now() - start) / 1000, failure };
  } finally {
    await kernel.stop();
  }
}

async function runCells(kernel: Kernel, notebook: Notebook, run: NotebookRun): Promise<Failure | null> {
  const { collect } = createOutputCollector();
  const cells = codeCells(notebook);
  const headings = headingsOfCode(notebook.cells);
  for (const [index, cell] of cells.entries()) {
    const start = performance.now();
    await runCell(kernel, cell, run.timeout, (message) => {
      collect(cell, message);
      const line = progressLine(message);
      if (line !== null) run.onProgress?.(line);
    });
    const failure = findFailure(cell, index);
    if (failure) return failure;
    run.onCell?.({
      number: index + 1,
      of: cells.length,
      seconds: (performance.now() - start) / 1000,
      heading: headings[index],
    });
  }
  return null;
}

/**
 * Returns how a cell failed, or null if it did not.
 *
 * @param index its place among the code cells, from 0
 */
export function findFailure(cell: CodeCell, index: number): Failure | null {
  const error = cell.outputs.find(isError);
  return error ? { cell: index + 1, source: joinLines(cell.source), message: describeError(error) } : null;
}

/** Runs one cell; whatever goes wrong becomes an output of type error, as a reader of the notebook expects it. */
export async function runCell(
  kernel: Kernel,
  cell: CodeCell,
  timeout: number,
  onOutput: (message: Message) => void,
): Promise<void> {
  try {
    const { content } = await kernel.execute(joinLines(cell.source), timeout, onOutput);
    cell.execution_count = content.execution_count as number;
    if (content.status === "ok" || cell.outputs.some(isError)) return;
    // the kernel says no more about code that does not parse
    throw new SyntaxError(`${content.evalue}: \`deno task check\` shows what is wrong with the code`);
  } catch (error) {
    const { name, message } = error as Error;
    cell.outputs.push({
      output_type: "error",
      ename: name,
      evalue: message,
      traceback: [`${name}: ${message}`],
    });
  }
}

/** Returns what a message says of progress, as `createProgress` shows it; null if it says nothing of that. */
function progressLine({ type, content }: Message): ProgressLine | null {
  const { "text/plain": text, "text/html": html } = (content.data ?? {}) as Record<string, unknown>;
  if (typeof text !== "string" || text.includes("\n") || typeof html !== "string") return null;
  if (html.startsWith("<div>✓ ")) return { text, isOver: true };
  return type === "update_display_data" && html.startsWith("<div><progress ")
    ? { text, isOver: false }
    : null;
}

function isError(output: Output): output is ErrorOutput {
  return output.output_type === "error";
}

function describeError({ ename, evalue, traceback }: ErrorOutput): string {
  return stripVTControlCharacters(traceback.join("\n").trim() || `${ename}: ${evalue}`);
}

/** Returns the notebook with a first cell that says which code cell failed. */
function markFailed(notebook: Notebook, { cell, source, message }: Failure): Notebook {
  const text = `**This run failed in code cell ${cell}**; the cells after it did not run.\n\n` +
    "```\n" + `${numberLines(source)}\n\n${message}\n` + "```\n";
  return {
    ...notebook,
    metadata: { ...notebook.metadata, failed: true },
    cells: [
      { id: "failed", cell_type: "markdown", metadata: { tags: ["failed"] }, source: splitLines(text) },
      ...notebook.cells,
    ],
  };
}
