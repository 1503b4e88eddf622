import assert from "node:assert/strict";
import { headingsOfCode } from "./headings.ts";
import { codeCells, readNotebook } from "./notebook_file.ts";
import { listNotebooks } from "./notebooks.ts";

Deno.test("headings are read from Markdown cells only, the last of each, and not from code blocks in them", () => {
  const cell = (cell_type: "code" | "markdown", source: string) => ({ cell_type, metadata: {}, source });
  const headings = headingsOfCode([
    cell("markdown", "# 5 · All `systems`\n\ntext\n\n## Then this ##\n\n```sh\n# no heading\n```\n"),
    cell("code", "# no heading either"),
    cell("markdown", "Only text, with a_name in it."),
    cell("code", "1"),
    cell("markdown", "### Use a_name, _here_"),
    cell("code", "2"),
    cell("markdown", "### Use a_name, _here_"),
    cell("code", "3"),
  ]);
  assert.deepEqual(headings, [
    "Then this (1 of 2)",
    "Then this (2 of 2)",
    "Use a_name, here",
    "Use a_name, here",
  ]);
});

Deno.test("every code cell of the project's notebooks stands under a heading", async () => {
  for (const path of await listNotebooks()) {
    const notebook = await readNotebook(path);
    const headings = headingsOfCode(notebook.cells);
    assert.equal(headings.length, codeCells(notebook).length);
    assert.ok(headings.every((heading) => heading !== ""), path);
  }
});
