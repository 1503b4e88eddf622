import assert from "node:assert/strict";
import { ParameterError } from "../../errors.ts";
import { writeDemoCatalogue } from "../sample/demo_catalogue.ts";
import { inFolder, rejects } from "../test_helpers.ts";
import { hasCatalogue, loadCatalogue } from "./load_catalogue.ts";

const options = { files: { interactions: null, items: null }, core: 5, seed: 1 };

Deno.test("the sample has a demo shop, and files of one's own go before it", () =>
  inFolder({}, async (folder) => {
    const demo = await loadCatalogue("sample", options);
    assert.deepEqual([demo.name, demo.isDemo], ["Demo shop", true]);
    const files = await writeDemoCatalogue(folder, 1);
    const own = await loadCatalogue("sample", { ...options, files });
    assert.deepEqual([own.name, own.isDemo], ["My shop", false]);
    assert.deepEqual(own.whole.itemIds, demo.whole.itemIds);
    await Deno.mkdir(`${folder}/Shop`);
    await writeDemoCatalogue(`${folder}/Shop`, 1);
    assert.equal((await loadCatalogue("Shop", { ...options, dataRoot: folder })).name, "Shop");
    assert.ok(await hasCatalogue("Shop", { dataRoot: folder }));
  }));

Deno.test("a data set of another kind is refused, not passed over for the demo", () =>
  inFolder({}, async (dataRoot) => {
    await Deno.mkdir(`${dataRoot}/Toys`);
    await Deno.writeTextFile(`${dataRoot}/Toys/Toys.train.inter`, "");
    await rejects(
      loadCatalogue("Toys", { ...options, dataRoot }),
      ParameterError,
      /^profile: expected a folder that holds interactions\.csv and items\.csv, but found Toys/,
    );
    assert.equal(await hasCatalogue("Toys", { dataRoot }), false);
    assert.equal(await hasCatalogue("sample", { dataRoot }), true);
  }));
