import * as v from "valibot";
import { atLeast, jsonObject, parseJson, recordOf, type Schema, wholeNumber } from "../../schema.ts";
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

const text = v.union([v.string(), v.array(v.string())], "a text or a list of lines");
const data = recordOf<NotebookText | object>(
  v.union(
    [text, v.custom<object>((value) => typeof value === "object" && value !== null)],
    "a text or an object",
  ),
);
const count = v.nullable(wholeNumber());

const output: Schema<Output> = v.variant("output_type", [
  v.looseObject({ output_type: v.literal("stream"), name: v.string(), text }),
  v.looseObject({ output_type: v.literal("display_data"), data, metadata: jsonObject }),
  v.looseObject({
    output_type: v.literal("execute_result"),
    data,
    metadata: jsonObject,
    execution_count: wholeNumber(),
  }),
  v.looseObject({
    output_type: v.literal("error"),
    ename: v.string(),
    evalue: v.string(),
    traceback: v.array(v.string()),
  }),
]);

const common = {
  id: v.optional(v.string()),
  metadata: atLeast({ tags: v.optional(v.array(v.string())) }),
  source: text,
};

/** What is used of a notebook; whatever else other programs put into it stays. */
const notebookFile: Schema<Notebook> = atLeast({
  nbformat: v.literal(4),
  nbformat_minor: wholeNumber(),
  metadata: jsonObject,
  cells: v.array(v.variant("cell_type", [
    v.looseObject({
      cell_type: v.literal("code"),
      ...common,
      outputs: v.array(output),
      execution_count: v.optional(count),
    }),
    v.looseObject({ cell_type: v.literal("markdown"), ...common }),
    v.looseObject({ cell_type: v.literal("raw"), ...common }),
  ])),
});

/**
 * Reads a notebook.
 *
 * @throws {DataError} if the file is not a notebook of format 4; it names the cell and field
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const advice = "It is no Jupyter notebook of format 4: open it in Jupyter or VS Code and save it again.";
  return parseJson(notebookFile, await Deno.readTextFile(path), path, advice);
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
