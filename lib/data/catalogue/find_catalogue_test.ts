import assert from "node:assert/strict";
import { ParameterError } from "../../errors.ts";
import { inFolder, rejects } from "../test_helpers.ts";
import { findCatalogue } from "./find_catalogue.ts";

const none = { interactions: null, items: null };

Deno.test("a profile is a catalogue if both files are there", () =>
  inFolder({}, async (dataRoot) => {
    for (const file of ["Shop/interactions.csv", "Shop/items.csv", "Half/items.csv"]) {
      await Deno.mkdir(`${dataRoot}/${file.split("/")[0]}`, { recursive: true });
      await Deno.writeTextFile(`${dataRoot}/${file}`, "");
    }
    assert.deepEqual(await findCatalogue("Shop", none, { dataRoot }), {
      interactions: `${dataRoot}/Shop/interactions.csv`,
      items: `${dataRoot}/Shop/items.csv`,
    });
    assert.equal(await findCatalogue("Half", none, { dataRoot }), null);
    assert.equal(await findCatalogue("sample", none, { dataRoot }), null);
    await rejects(findCatalogue("Atlantis", none, { dataRoot }), ParameterError, /^profile: .* Half, Shop/);
  }));

Deno.test("given paths come first, and one alone is an error that names the other", async () => {
  const given = { interactions: "a.csv", items: "b.csv" };
  assert.deepEqual(await findCatalogue("sample", given), given);
  await rejects(
    findCatalogue("sample", { ...given, items: null }),
    ParameterError,
    /^itemsFile: .* found null/,
  );
  await rejects(
    findCatalogue("sample", { ...given, interactions: null }),
    ParameterError,
    /^interactionsFile: .* found null/,
  );
});
