import assert from "node:assert/strict";
import { DataError, ParameterError } from "../../errors.ts";
import { inFolder, rejects } from "../test_helpers.ts";
import { findCatalogue } from "./find_catalogue.ts";

const none = { interactions: null, items: null };

Deno.test("a profile is a catalogue if both files are there, and none if it is of another kind", () =>
  inFolder({}, async (dataRoot) => {
    for (
      const file of [
        "Shop/interactions.csv",
        "Shop/items.csv",
        "Shop/Shop.train.inter",
        "Toys/Toys.train.inter",
      ]
    ) {
      await Deno.mkdir(`${dataRoot}/${file.split("/")[0]}`, { recursive: true });
      await Deno.writeTextFile(`${dataRoot}/${file}`, "");
    }
    assert.deepEqual(await findCatalogue("Shop", none, { dataRoot }), {
      interactions: `${dataRoot}/Shop/interactions.csv`,
      items: `${dataRoot}/Shop/items.csv`,
    });
    await rejects(
      findCatalogue("Toys", none, { dataRoot }),
      ParameterError,
      /^profile: expected a folder with .* found Toys, which holds UniSRec's processed files/,
    );
    assert.equal(await findCatalogue("sample", none, { dataRoot }), null);
    await rejects(findCatalogue("Atlantis", none, { dataRoot }), ParameterError, /^profile: .* Shop, Toys/);
  }));

Deno.test("half a catalogue and misspelt files are errors that list what is there", () =>
  inFolder({}, async (dataRoot) => {
    for (
      const files of [["items.csv"], ["interactions.csv", "Items.csv"], ["interactions.csv", "items.xlsx"]]
    ) {
      await Deno.mkdir(`${dataRoot}/Shop`);
      for (const file of files) await Deno.writeTextFile(`${dataRoot}/Shop/${file}`, "");
      await rejects(
        findCatalogue("Shop", none, { dataRoot }),
        DataError,
        new RegExp(
          `/Shop: expected .*interactions\\.csv and items\\.csv of your own; .* found ${
            files.sort().join(", ")
          }\\.`,
        ),
      );
      await Deno.remove(`${dataRoot}/Shop`, { recursive: true });
    }
  }));

Deno.test("given paths come first, and one alone is an error that names the other", async () => {
  const given = { interactions: "a.csv", items: "b.csv" };
  assert.deepEqual(await findCatalogue("sample", given), given);
  await rejects(findCatalogue("My Shop", given), ParameterError, /^profile: expected a plain name/);
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
