import assert from "node:assert/strict";
import { basename } from "node:path";
import { codeCells, type Notebook, readNotebook } from "../lib/notebook/running/notebook_file.ts";
import { listNotebooks } from "../lib/notebook/running/notebooks.ts";
import { parameterNames } from "../lib/notebook/running/parameters.ts";

const notebooks: [string, Notebook][] = [];
for (const path of await listNotebooks()) notebooks.push([basename(path), await readNotebook(path)]);

Deno.test("notebooks are kept without outputs", () => {
  assert.ok(notebooks.length > 0);
  for (const [name, notebook] of notebooks) {
    for (const [index, cell] of codeCells(notebook).entries()) {
      assert.deepEqual([cell.outputs, cell.execution_count], [[], null], `${name}, code cell ${index + 1}`);
    }
  }
});

Deno.test("every notebook runs on the Deno kernel and takes the profile as a parameter", () => {
  for (const [name, { metadata, cells }] of notebooks) {
    assert.equal((metadata.kernelspec as { name: string }).name, "deno", name);
    assert.equal(cells.filter((cell) => cell.metadata.tags?.includes("parameters")).length, 1, name);
    assert.ok(parameterNames({ cells, metadata, nbformat: 4, nbformat_minor: 5 }).includes("profile"), name);
  }
});

Deno.test("every cell has an identifier of its own, so that changes can be followed", () => {
  for (const [name, { cells }] of notebooks) {
    const ids = cells.map((cell) => cell.id);
    assert.ok(!ids.includes(undefined), name);
    assert.equal(new Set(ids).size, ids.length, name);
  }
});
