import assert from "node:assert/strict";
import { ParameterError } from "../../errors.ts";
import { inFolder } from "../../data/test_helpers.ts";
import { findNotebook, listNotebooks } from "./notebooks.ts";

const paths = ["/repo/notebooks/01-datasets.ipynb", "/repo/notebooks/04-fine-tuning.ipynb"];

Deno.test("a notebook is found by its number and by its name", () => {
  for (const wanted of ["4", "04", "04-fine-tuning", "notebooks/04-fine-tuning.ipynb"]) {
    assert.equal(findNotebook(paths, wanted), paths[1]);
  }
});

Deno.test("notebooks come in order, without the copies that people make beside them", async () => {
  const names = [
    "10-last.ipynb",
    "04-fine-tuning.ipynb",
    "04-fine-tuning-Copy1.ipynb",
    "04-fine-tuning copy.ipynb",
  ];
  await inFolder(Object.fromEntries([...names, "mine.ipynb"].map((name) => [name, "{}"])), async (folder) => {
    assert.deepEqual(await listNotebooks(folder), [
      `${folder}/04-fine-tuning.ipynb`,
      `${folder}/10-last.ipynb`,
    ]);
  });
});

Deno.test("an unknown notebook is refused with the names there are", () => {
  for (const wanted of ["2", "fine-tuning", ""]) {
    assert.throws(
      () => findNotebook(paths, wanted),
      (error: Error) =>
        error instanceof ParameterError && error.message.includes("01-datasets, 04-fine-tuning"),
    );
  }
});
