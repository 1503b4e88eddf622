import assert from "node:assert/strict";
import { withTemporaryFolder } from "../../../tests/with_temporary_folder.ts";
import { readNumbers } from "./save.ts";
import { saveOutputs } from "./save_outputs.ts";

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>';

Deno.test("a notebook's tables, figures and numbers are saved in one place, numbers under one name each", () =>
  withTemporaryFolder(async (root) => {
    await saveOutputs({
      profile: "OR",
      out: "seed=2",
      notebook: "01-datasets",
      seed: 2,
      settings: { dropout: 0.2, bertModel: null },
      tables: { "table-2": { caption: "Data", columns: [], rows: [] } },
      figures: { "figure-1": svg },
      numbers: { users: 7, OR: { SASRec: { "NDCG@10": 0.5, p: null } } },
    }, root);
    const files = [...Deno.readDirSync(`${root}/OR/seed=2`)].map(({ name }) => name);
    for (const file of ["table-2.csv", "figure-1.svg", "numbers.json"]) assert.ok(files.includes(file), file);
    assert.deepEqual(await readNumbers("OR/seed=2", root), {
      "01-datasets": {
        seed: 2,
        settings: { dropout: 0.2 },
        numbers: { users: 7, "OR/SASRec/NDCG@10": 0.5, "OR/SASRec/p": null },
      },
    });
    assert.deepEqual(await readNumbers("OR", root), {});
  }));
