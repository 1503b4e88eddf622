import assert from "node:assert/strict";
import { runAll } from "./run_all.ts";

Deno.test("every notebook runs, whatever became of those before it, and its failure is told in one line", async () => {
  const ran: string[] = [];
  const outcomes = await runAll(["/a/01-one.ipynb", "/a/02-two.ipynb", "/a/03-three.ipynb"], (path) => {
    ran.push(path);
    if (path.includes("one")) throw new RangeError("no kernel\nat somewhere");
    const failure = { cell: 4, source: "train()", message: "DataError: no such file\n  at cell" };
    return Promise.resolve({ seconds: 1, failure: path.includes("two") ? failure : null });
  });
  assert.equal(ran.length, 3);
  assert.deepEqual(outcomes.map(({ name, failure }) => [name, failure]), [
    ["01-one", "RangeError: no kernel"],
    ["02-two", "code cell 4: DataError: no such file"],
    ["03-three", null],
  ]);
});
