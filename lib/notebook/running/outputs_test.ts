import assert from "node:assert/strict";
import type { CodeCell } from "./notebook_file.ts";
import { createOutputCollector } from "./outputs.ts";

const emptyCell = (): CodeCell => ({ cell_type: "code", metadata: {}, source: "", outputs: [] });
const message = (type: string, content: Record<string, unknown>) => ({ type, parentId: "1", content });
const display = (text: string, display_id?: string) => ({
  data: { "text/html": text, "image/png": "abc\n" },
  metadata: {},
  transient: { display_id },
});

Deno.test("texts of one stream join, of two do not", () => {
  const cell = emptyCell();
  const { collect } = createOutputCollector();
  for (const [name, text] of [["stdout", "a"], ["stdout", "b\nc"], ["stderr", "d"], ["stdout", "e"]]) {
    collect(cell, message("stream", { name, text }));
  }
  assert.deepEqual(cell.outputs, [
    { output_type: "stream", name: "stdout", text: ["ab\n", "c"] },
    { output_type: "stream", name: "stderr", text: ["d"] },
    { output_type: "stream", name: "stdout", text: ["e"] },
  ]);
});

Deno.test("an update replaces its display in place, also one of an earlier cell", () => {
  const [first, second] = [emptyCell(), emptyCell()];
  const { collect } = createOutputCollector();
  collect(first, message("display_data", display("old", "curve")));
  collect(first, message("display_data", display("other\nline")));
  collect(second, message("update_display_data", display("new", "curve")));
  collect(second, message("update_display_data", display("lost", "unknown")));
  assert.deepEqual(first.outputs, [
    { output_type: "display_data", data: { "text/html": ["new"], "image/png": "abc\n" }, metadata: {} },
    {
      output_type: "display_data",
      data: { "text/html": ["other\n", "line"], "image/png": "abc\n" },
      metadata: {},
    },
  ]);
  assert.deepEqual(second.outputs, []);
});

Deno.test("results keep their count, errors their trace, and clearing clears", () => {
  const cell = emptyCell();
  const { collect } = createOutputCollector();
  collect(cell, message("stream", { name: "stdout", text: "gone" }));
  collect(cell, message("clear_output", {}));
  collect(cell, message("status", { execution_state: "busy" }));
  collect(cell, message("execute_result", { data: { "text/plain": "3" }, metadata: {}, execution_count: 2 }));
  collect(cell, message("error", { ename: "Error", evalue: "no", traceback: ["at 1"], more: 1 }));
  assert.deepEqual(cell.outputs, [
    { output_type: "execute_result", data: { "text/plain": ["3"] }, metadata: {}, execution_count: 2 },
    { output_type: "error", ename: "Error", evalue: "no", traceback: ["at 1"] },
  ]);
});
