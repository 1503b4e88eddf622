import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { codeCells, joinLines, type Notebook, readNotebook } from "./notebook_file.ts";

/** The code cells of a notebook as one module, and where each of its lines comes from. */
export interface CellModule {
  code: string;
  /** Where line `index + 1` of the module comes from, both counted from 1. */
  lines: { cell: number; line: number }[];
}

/** Puts a notebook's code cells one after the other: like in the kernel, they share one scope. */
export function joinCells(notebook: Notebook): CellModule {
  const sources = codeCells(notebook).map((cell) => joinLines(cell.source).split("\n"));
  return {
    // without this a notebook that imports nothing would be a script, where `await` is an error
    code: sources.flat().join("\n") + "\nexport {};\n",
    lines: sources.flatMap((source, cell) => source.map((_, line) => ({ cell: cell + 1, line: line + 1 }))),
  };
}

/**
 * Type-checks the code cells of notebooks; the kernel does not.
 *
 * @param paths the notebooks
 * @returns TypeScript's messages with notebook, code cell and line in place of files; empty if all is well
 */
export async function checkCells(paths: string[]): Promise<string> {
  const modules = await Promise.all(paths.map(async (path) => ({
    name: basename(path),
    // next to the notebook, so that relative imports lead to the same files
    file: join(dirname(path), `.${basename(path, ".ipynb")}-${randomUUID()}.ts`),
    ...joinCells(await readNotebook(path)),
  })));
  try {
    await Promise.all(modules.map(({ file, code }) => Deno.writeTextFile(file, code)));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", ...modules.map(({ file }) => file)],
      stdin: "null",
    }).output();
    if (success) return "";
    return modules.reduce(nameCells, stripVTControlCharacters(new TextDecoder().decode(stderr)));
  } finally {
    await Promise.allSettled(modules.map(({ file }) => Deno.remove(file)));
  }
}

/** Replaces positions in a module's temporary file by positions in its notebook. */
function nameCells(
  messages: string,
  { name, file, lines }: CellModule & { name: string; file: string },
): string {
  const position = new RegExp(`file://\\S*${RegExp.escape(basename(file))}:(\\d+)`, "g");
  return messages.replace(position, (_, line: string) => {
    // an unfinished statement is only noticed at the line that has been added after the last
    const { cell, line: inCell } = lines[Number(line) - 1] ?? lines[lines.length - 1];
    return `${name}, code cell ${cell}, line ${inCell}`;
  });
}
