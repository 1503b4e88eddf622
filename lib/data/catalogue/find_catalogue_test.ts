import assert from "node:assert/strict";
import { ParameterError } from "../../errors.ts";
import { inFolder, rejects } from "../test_helpers.ts";
import { findCatalogue } from "./find_catalogue.ts";

Deno.test("a profile is a catalogue if both files are there", () =>
  inFolder({}, async (dataRoot) => {
    for (const file of ["Shop/interactions.csv", "Shop/items.csv", "Half/items.csv"]) {
      await Deno.mkdir(`${dataRoot}/${file.split("/")[0]}`, { recursive: true });
      await Deno.writeTextFile(`${dataRoot}/${file}`, "");
    }
    assert.deepEqual(await findCatalogue("Shop", { dataRoot }), {
      interactions: `${dataRoot}/Shop/interactions.csv`,
      items: `${dataRoot}/Shop/items.csv`,
    });
    assert.equal(await findCatalogue("Half", { dataRoot }), null);
    assert.equal(await findCatalogue("sample", { dataRoot }), null);
    await rejects(findCatalogue("Atlantis", { dataRoot }), ParameterError, /^profile: .* Half, Shop/);
  }));
