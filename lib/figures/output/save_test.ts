import assert from "node:assert/strict";
import { join } from "node:path";
import { DataError, ParameterError } from "../../errors.ts";
import { readNumbers, saveFigure, saveNumbers, saveTable } from "./save.ts";

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
      "table-2.typ",
    ]);
  }));

Deno.test("a figure with letters that its font lacks is saved with one warning that names it and them", () =>
  inTemporaryFolder(async (root) => {
    const { warn } = console;
    const warnings: string[] = [];
    console.warn = (warning: string) => warnings.push(warning);
    try {
      for (const text of ["漢字", "plain"]) {
        const svg =
          `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">${text}</text></svg>`;
        await saveFigure("sample", "figure-5", svg, root);
      }
    } finally {
      console.warn = warn;
    }
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /^figure-5: .* 漢 字,/);
    assert.equal(filesIn(join(root, "sample")).length, 3);
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

Deno.test("notebooks that end together keep all their numbers", () =>
  inTemporaryFolder(async (root) => {
    const notebooks = Array.from({ length: 8 }, (_, at) => `${at}`);
    const numbers = { seed: 1, settings: {}, numbers: {} };
    await Promise.all(notebooks.map((notebook) => saveNumbers("sample", notebook, numbers, root)));
    assert.deepEqual(Object.keys(await readNumbers("sample", root)), notebooks);
    assert.deepEqual(filesIn(join(root, "sample")), ["numbers.json"]);
  }));

Deno.test("a number that is none is refused by its name, and the file stays; null may be", () =>
  inTemporaryFolder(async (root) => {
    const save = (value: number | null) =>
      saveNumbers("sample", "01-datasets", { seed: 1, settings: {}, numbers: { "NDCG@10": value } }, root);
    await save(null);
    for (const value of [NaN, Infinity, -Infinity]) {
      await assert.rejects(
        save(value),
        (error: Error) => error instanceof ParameterError && error.message.includes("NDCG@10"),
      );
    }
    assert.equal((await readNumbers("sample", root))["01-datasets"].numbers["NDCG@10"], null);
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

Deno.test("numbers that are none are named with their field", () =>
  inTemporaryFolder(async (root) => {
    const path = join(root, "sample", "numbers.json");
    await Deno.mkdir(join(root, "sample"));
    const whole = { seed: 1, settings: {}, numbers: {} };
    const damaged: [unknown, string][] = [
      [null, ""],
      [[], ""],
      [{ a: null }, ", a"],
      [{ a: { ...whole, seed: "1" } }, ", a.seed"],
      [{ a: { ...whole, settings: null } }, ", a.settings"],
      [{ a: { ...whole, numbers: { "x/NDCG@10": "0.1" } } }, ', a.numbers["x/NDCG@10"]'],
      [{ a: { seed: 1, settings: {} } }, ", a.numbers"],
    ];
    for (const [value, field] of damaged) {
      await Deno.writeTextFile(path, JSON.stringify(value));
      await assert.rejects(readNumbers("sample", root), (error: Error) => {
        assert.ok(error instanceof DataError, String(error));
        assert.ok(error.message.startsWith(`${path}${field}: `), error.message);
        return true;
      });
    }
  }));

Deno.test("a profile cannot name a folder elsewhere", async () => {
  const table = { caption: "", columns: [], rows: [] };
  for (const profile of ["../other", "", "a/..", "a/b/c", ".."]) {
    await assert.rejects(saveTable(profile, "table-2", table), ParameterError);
  }
});
