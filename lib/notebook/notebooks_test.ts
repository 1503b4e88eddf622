import assert from "node:assert/strict";
import { ParameterError } from "../errors.ts";
import { findNotebook } from "./notebooks.ts";

const paths = ["/repo/notebooks/01-datasets.ipynb", "/repo/notebooks/04-fine-tuning.ipynb"];

Deno.test("a notebook is found by its number and by its name", () => {
  for (const wanted of ["4", "04", "04-fine-tuning", "notebooks/04-fine-tuning.ipynb"]) {
    assert.equal(findNotebook(paths, wanted), paths[1]);
  }
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
