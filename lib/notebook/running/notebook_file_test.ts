import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { DataError } from "../../errors.ts";
import {
  codeCells,
  joinLines,
  type Notebook,
  numberLines,
  readNotebook,
  splitLines,
  writeNotebook,
} from "./notebook_file.ts";

Deno.test("lines split and join again, whatever the text", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r", "é") }), (text) => {
    assert.equal(joinLines(splitLines(text)), text);
  }));
  assert.deepEqual(splitLines("a\n\nb"), ["a\n", "\n", "b"]);
});

Deno.test("a notebook comes back as it was written; other files are refused by name", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "a.ipynb");
    const notebook: Notebook = {
      cells: [
        { cell_type: "markdown", metadata: {}, source: "# A" },
        { cell_type: "code", metadata: {}, source: ["1"], outputs: [], execution_count: null },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    await writeNotebook(path, notebook);
    assert.deepEqual(await readNotebook(path), notebook);
    assert.deepEqual(codeCells(notebook), [notebook.cells[1]]);
    for (const text of ["{", "null", '{"nbformat": 3, "cells": []}', '{"nbformat": 4}']) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(
        readNotebook(path),
        (error: Error) => error instanceof DataError && error.message.startsWith(path),
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("numbered lines line up", () => {
  assert.equal(numberLines("a\n b"), "  1 | a\n  2 |  b");
  assert.deepEqual(numberLines("x\n".repeat(9)).split("\n").at(-1), "  10 | ");
});
