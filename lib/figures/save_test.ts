import assert from "node:assert/strict";
import { join } from "node:path";
import { DataError, ParameterError } from "../errors.ts";
import { saveFigure, saveNumbers, saveTable } from "./save.ts";

async function inTemporaryFolder(test: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("tables and figures get their fixed names, and nothing else is left", () =>
  inTemporaryFolder(async (root) => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';
    await saveTable("sample", "table-2", { caption: "Data", columns: [], rows: [] }, root);
    await saveFigure("sample", "figure-1", svg, root);
    assert.deepEqual(filesIn(join(root, "sample")), [
      "figure-1.pdf",
      "figure-1.png",
      "figure-1.svg",
      "table-2.csv",
      "table-2.md",
      "table-2.tex",
    ]);
  }));

Deno.test("numbers merge by notebook, in an order that does not depend on the runs", () =>
  inTemporaryFolder(async (root) => {
    const numbers = (value: number) => ({ seed: 1, settings: { z: 1, a: [2] }, numbers: { b: value, a: 0 } });
    const path = join(root, "sample", "numbers.json");
    await saveNumbers("sample", "04-fine-tuning", numbers(1), root);
    await saveNumbers("sample", "01-datasets", numbers(2), root);
    await saveNumbers("sample", "04-fine-tuning", numbers(3), root);
    const once = await Deno.readTextFile(path);
    assert.deepEqual(JSON.parse(once), { "01-datasets": numbers(2), "04-fine-tuning": numbers(3) });
    await Deno.remove(path);
    await saveNumbers("sample", "01-datasets", numbers(2), root);
    await saveNumbers("sample", "04-fine-tuning", numbers(3), root);
    assert.equal(await Deno.readTextFile(path), once);
  }));

Deno.test("a damaged numbers.json is named and kept", () =>
  inTemporaryFolder(async (root) => {
    const path = join(root, "sample", "numbers.json");
    await Deno.mkdir(join(root, "sample"));
    await Deno.writeTextFile(path, "{");
    const save = saveNumbers("sample", "01-datasets", { seed: 1, settings: {}, numbers: {} }, root);
    await assert.rejects(save, (error: Error) => error instanceof DataError && error.message.includes(path));
    assert.equal(await Deno.readTextFile(path), "{");
  }));

Deno.test("a profile cannot name a folder elsewhere", async () => {
  const table = { caption: "", columns: [], rows: [] };
  for (const profile of ["../other", "", "a/b", ".."]) {
    await assert.rejects(saveTable(profile, "table-2", table), ParameterError);
  }
});
