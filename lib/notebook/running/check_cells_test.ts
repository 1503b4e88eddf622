import assert from "node:assert/strict";
import { join } from "node:path";
import { checkCells, joinCells } from "./check_cells.ts";
import type { Notebook } from "./notebook_file.ts";

const notebookOf = (...sources: string[]): Notebook => ({
  cells: sources.flatMap((source) => [
    { cell_type: "markdown", metadata: {}, source: "Prose." },
    { cell_type: "code", metadata: {}, source, outputs: [] },
  ]),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

Deno.test("every line of the module knows its cell", () => {
  const { code, lines } = joinCells(notebookOf("let a = 1;\nlet b;", "", "a;"));
  assert.equal(code, "let a = 1;\nlet b;\n\na;\nexport {};\n");
  assert.deepEqual(lines.map(({ cell, line }) => `${cell}:${line}`), ["1:1", "1:2", "2:1", "3:1"]);
});

Deno.test("type errors are found across cells and name notebook, cell and line; nothing is left behind", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "helper.ts"), "export const count: number = 1;");
    const good = notebookOf('import { count } from "./helper.ts";', "await Promise.resolve(count + 1);");
    const bad = notebookOf("let profile = 'sample';", "const a = 1;\n\nconst b: number = profile;", "b;");
    const paths = ["good.ipynb", "bad.ipynb"].map((name) => join(folder, name));
    await Deno.writeTextFile(paths[0], JSON.stringify(good));
    await Deno.writeTextFile(paths[1], JSON.stringify(bad));
    assert.equal(await checkCells([paths[0]]), "");
    const messages = await checkCells(paths);
    assert.match(messages, /not assignable to type 'number'[^]*bad\.ipynb, code cell 2, line 3/);
    assert.doesNotMatch(messages, /good\.ipynb|file:/);
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assert.deepEqual(left, ["bad.ipynb", "good.ipynb", "helper.ts"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("code that does not parse names its cell too", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "broken.ipynb");
    await Deno.writeTextFile(path, JSON.stringify(notebookOf("let a = 1;", "if (a) {")));
    assert.match(await checkCells([path]), /broken\.ipynb, code cell 2, line 1/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
