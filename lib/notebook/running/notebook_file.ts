import { DataError } from "../../errors.ts";
import { writeFileAtomically } from "../../write_file.ts";

/** A text as notebooks store it: whole, or as a list of lines that keep their line ends. */
export type NotebookText = string | string[];

/** One output of a code cell, as the notebook format (nbformat 4) defines it. */
export type Output =
  | { output_type: "stream"; name: string; text: NotebookText }
  | { output_type: "display_data"; data: OutputData; metadata: object }
  | { output_type: "execute_result"; data: OutputData; metadata: object; execution_count: number }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** An output's forms by media type; those of type JSON are objects. */
export type OutputData = Record<string, NotebookText | object>;

/** A cell of a notebook. */
export interface Cell {
  id?: string;
  cell_type: "code" | "markdown" | "raw";
  metadata: { tags?: string[] };
  source: NotebookText;
  /** Code cells only. */
  execution_count?: number | null;
  /** Code cells only. */
  outputs?: Output[];
}

/** A cell that runs. */
export type CodeCell = Cell & { cell_type: "code"; outputs: Output[] };

/** A Jupyter notebook, format 4. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/**
 * Reads a notebook.
 *
 * @throws {DataError} if the file is not a notebook of format 4
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const damaged = (found: string, cause?: unknown) =>
    new DataError({
      where: path,
      expected: "a Jupyter notebook (format 4)",
      found,
      advice: "Open it in Jupyter or VS Code and save it again.",
    }, { cause });
  const text = await Deno.readTextFile(path);
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text);
  } catch (cause) {
    throw damaged(`text that is not JSON (${(cause as Error).message})`, cause);
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) throw damaged("JSON of another form");
  return notebook;
}

/** Writes a notebook so that the path holds the old or the new one, never a part. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeFileAtomically(path, JSON.stringify(notebook, null, 1) + "\n");
}

/** Returns a notebook's code cells in order; they are numbered from 1 wherever people see them. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
}

/** Returns a stored text as one string. */
export function joinLines(text: NotebookText): string {
  return typeof text === "string" ? text : text.join("");
}

/** Cuts a text into lines that keep their line ends, as notebooks store them: changes then show line by line. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Tells whether a cell carries a tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}

/** Writes source code with line numbers, for messages. */
export function numberLines(source: string): string {
  const lines = source.split("\n");
  const width = String(lines.length).length;
  return lines.map((line, index) => `${String(index + 1).padStart(width + 2)} | ${line}`).join("\n");
}
