import assert from "node:assert/strict";
import { inFolder } from "../data/test_helpers.ts";
import { listArchives, unpackArchive } from "./archives.ts";

Deno.test("profiles with an archive are listed by name, others are not", () =>
  inFolder({}, async (folder) => {
    for (const profile of ["Toys", "Books", "Games"]) await Deno.mkdir(`${folder}/${profile}`);
    for (const profile of ["Toys", "Books"]) {
      await Deno.writeTextFile(`${folder}/${profile}/results.tar.gz`, "");
    }
    await Deno.writeTextFile(`${folder}/results.tar.gz`, "");
    assert.deepEqual(await listArchives(folder), ["Books", "Toys"]);
  }));

Deno.test("an archive that is none is an error with its name", () =>
  inFolder({ "results.tar.gz": "nothing" }, async (folder) => {
    await assert.rejects(unpackArchive(`${folder}/results.tar.gz`, folder), {
      name: "DataError",
      message: /results\.tar\.gz: expected an archive/,
    });
  }));
