import assert from "node:assert/strict";
import { join } from "node:path";
import {
  codeCells,
  type Notebook,
  type Output,
  readNotebook,
} from "../lib/notebook/running/notebook_file.ts";
import { type CellReport, type NotebookReport, runNotebook } from "../lib/notebook/running/run_notebook.ts";

/** Runs a notebook of these code cells, the first one tagged `parameters`. */
async function run(
  sources: string[],
  check: (report: NotebookReport, executed: Notebook, cells: CellReport[], progress: string[]) => void,
  { values = {}, timeout = 60 } = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const notebook: Notebook = {
      cells: sources.map((source, index) => ({
        cell_type: "code",
        metadata: { tags: index === 0 ? ["parameters"] : [] },
        source,
        outputs: [{ output_type: "stream", name: "stdout", text: "left over from an earlier run" }],
      })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    const [source, destination] = [join(folder, "source.ipynb"), join(folder, "executed.ipynb")];
    await Deno.writeTextFile(source, JSON.stringify(notebook));
    const cells: CellReport[] = [];
    const progress: string[] = [];
    const report = await runNotebook({
      source,
      destination,
      values,
      timeout,
      onCell: (cell) => cells.push(cell),
      onProgress: ({ text, isOver }) => progress.push(isOver ? `✓ ${text}` : text),
    });
    check(report, await readNotebook(destination), cells, progress);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function outputsOf(notebook: Notebook): Output[][] {
  return codeCells(notebook).map((cell) => cell.outputs);
}

Deno.test("cells share their variables, parameters are injected, outputs are collected", () =>
  run(
    [
      "let count: number = 1;\nlet name = 'a';",
      "console.log(`${name} ${count}`);\nconsole.log('more');",
      "await Deno.jupyter.broadcast('display_data', { data: { 'text/html': '1' }, metadata: {}, transient: { display_id: 'd' } });",
      "",
      "await Deno.jupyter.broadcast('update_display_data', { data: { 'text/html': '2' }, metadata: {}, transient: { display_id: 'd' } });\ncount + 1",
    ],
    (report, executed, cells) => {
      assert.equal(report.failure, null);
      const outputs = outputsOf(executed);
      assert.deepEqual(outputs[2], [{ output_type: "stream", name: "stdout", text: ["b c 41\n", "more\n"] }]);
      assert.deepEqual(outputs[3], [{
        output_type: "display_data",
        data: { "text/html": ["2"] },
        metadata: {},
      }]);
      assert.equal(outputs[5][0].output_type, "execute_result");
      assert.match(JSON.stringify(outputs[5]), /42/);
      assert.deepEqual(
        cells.map(({ number, of }) => `${number}/${of}`),
        [1, 2, 3, 4, 5, 6].map((n) => `${n}/6`),
      );
    },
    { values: { count: 41, name: "b c" } },
  ));

Deno.test("progress inside a cell is passed on, and ends as one output", () => {
  const progress = JSON.stringify(new URL("../lib/notebook/inside/progress.ts", import.meta.url).href);
  return run(
    [
      `const { createProgress } = await import(${progress});`,
      "const progress = createProgress({ title: 'Reading', total: 2, unit: 'files' });\nprogress.update(1);\nawait new Promise((resolve) => setTimeout(resolve, 300));\nprogress.update(2);\nawait progress.done('two files');",
    ],
    (report, executed, _, lines) => {
      assert.equal(report.failure, null);
      assert.match(lines[0], /^Reading: 2 of 2 files/);
      assert.match(lines[1], /^✓ Reading: two files/);
      const [output, ...others] = outputsOf(executed)[1];
      assert.deepEqual(others, []);
      assert.ok(output.output_type === "display_data");
      assert.match(String(output.data["text/plain"]), /two files/);
    },
  );
});

Deno.test("a failing cell ends the run, and the executed notebook says so", () =>
  run(
    ["let a = 1;", "const b = 2;\nthrow new TypeError(`no ${a}`);", "console.log('not reached')"],
    (report, executed, cells) => {
      assert.equal(report.failure?.cell, 2);
      assert.match(report.failure.source, /throw new TypeError/);
      assert.match(report.failure.message, /TypeError: no 1/);
      assert.equal(executed.metadata.failed, true);
      assert.match(
        JSON.stringify(executed.cells[0].source),
        /failed in code cell 2.*2 \| throw new TypeError/,
      );
      assert.deepEqual(outputsOf(executed)[2], []);
      assert.equal(cells.length, 1);
    },
  ));

Deno.test("code that does not parse fails its cell", () =>
  run(["let a = 1;", "const = 2;"], (report) => assert.equal(report.failure?.cell, 2)));

Deno.test("a cell that hangs is stopped, whether it waits or computes", async () => {
  for (const hang of ["await new Promise(() => {})", "for (;;);"]) {
    await run(["let a = 1;", hang], (report) => {
      assert.equal(report.failure?.cell, 2);
      assert.match(report.failure.message, /none for 1 s.*--timeout/);
    }, { timeout: 1 });
  }
});

Deno.test("a kernel that dies fails its cell, and what came before is kept", () =>
  run(
    ["let batchSize = 1;\nlet seed = 1;\nconsole.log('before');", "Deno.kill(Deno.pid, 'SIGKILL');"],
    (report, executed) => {
      assert.equal(report.failure?.cell, 2);
      assert.match(report.failure.message, /SIGKILL.*memory: lower batchSize with --set/);
      assert.match(JSON.stringify(outputsOf(executed)[0]), /before/);
      assert.equal(outputsOf(executed)[1][0].output_type, "error");
    },
  ));
