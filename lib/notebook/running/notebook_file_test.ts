import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
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

Deno.test("a cell that is none is named", () =>
  withTemporaryFolder(async (folder) => {
    const path = join(folder, "a.ipynb");
    const code = { cell_type: "code", metadata: {}, source: "", outputs: [], execution_count: null };
    const stream = { output_type: "stream", name: "stdout", text: "a" };
    const damaged: [unknown, string][] = [
      [null, "cells[1]: expected an object, but found null"],
      [[], "cells[1]"],
      [{ ...code, source: 1 }, "cells[1].source: expected a text or a list of lines, but found 1"],
      [{ ...code, source: ["a", null] }, "cells[1].source"],
      [{ ...code, cell_type: "other" }, "cells[1].cell_type"],
      [{ ...code, metadata: null }, "cells[1].metadata"],
      [{ ...code, metadata: { tags: "parameters" } }, "cells[1].metadata.tags"],
      [{ ...code, outputs: {} }, "cells[1].outputs"],
      [{ ...code, outputs: [stream, null] }, "cells[1].outputs[1]"],
      [{ ...code, outputs: [{ ...stream, text: {} }] }, "cells[1].outputs[0].text"],
      [
        { ...code, outputs: [{ output_type: "error", ename: "E", evalue: "" }] },
        "cells[1].outputs[0].traceback",
      ],
    ];
    for (const [cell, message] of damaged) {
      const notebook = { cells: [code, cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
      await Deno.writeTextFile(path, JSON.stringify(notebook));
      await assert.rejects(readNotebook(path), (error: Error) => {
        assert.ok(error instanceof DataError, String(error));
        assert.ok(error.message.startsWith(`${path}, ${message}`), error.message);
        return true;
      });
    }
  }));

Deno.test("numbered lines line up", () => {
  assert.equal(numberLines("a\n b"), "  1 | a\n  2 |  b");
  assert.deepEqual(numberLines("x\n".repeat(9)).split("\n").at(-1), "  10 | ");
});
