import assert from "node:assert/strict";
import { readCatalogue } from "../catalogue/read_catalogue.ts";
import { unchosenItems } from "../catalogue/unchosen_items.ts";
import { inFolder } from "../test_helpers.ts";
import { writeDemoCatalogue } from "./demo_catalogue.ts";

Deno.test("the demo has every everyday fault, can be read, and leaves enough to train on", () =>
  inFolder({}, async (folder) => {
    const { domain, whole, reports } = await readCatalogue(
      await writeDemoCatalogue(`${folder}/shop`, 7),
      "Demo",
    );
    for (const { skipped } of Object.values(reports)) {
      for (const { reason, rows } of skipped) assert.ok(rows > 0, reason);
    }
    assert.ok(domain.userIds.length > 300);
    assert.ok(whole.userIds.length > domain.userIds.length);
    assert.ok(unchosenItems(whole).length >= 10);
  }));

Deno.test("a seed gives the same files every time, another seed others", () =>
  inFolder({}, async (folder) => {
    const written = [];
    for (const [name, seed] of [["a", 7], ["b", 7], ["c", 8]] as const) {
      const { interactions, items } = await writeDemoCatalogue(`${folder}/${name}`, seed);
      written.push(await Deno.readTextFile(interactions) + await Deno.readTextFile(items));
    }
    assert.equal(written[0], written[1]);
    assert.notEqual(written[0], written[2]);
  }));
