import assert from "node:assert/strict";
import { inFolder } from "../data/test_helpers.ts";
import { usualCase } from "./usual_case.ts";

Deno.test("the sample has dogs and cats; real data take Games as their source, and Games another", () =>
  inFolder({}, async (dataRoot) => {
    assert.deepEqual((await usualCase("sample")).keywords, ["dog", "cat"]);
    for (const name of ["Games", "Scientific", "OR"]) await Deno.mkdir(`${dataRoot}/${name}`);
    const sources = async (profile: string) => (await usualCase(profile, { dataRoot })).sourceNames;
    assert.deepEqual(await sources("OR"), ["Games"]);
    assert.deepEqual(await sources("Games"), ["Scientific"]);
    await Deno.remove(`${dataRoot}/Games`);
    assert.deepEqual(await sources("OR"), []);
  }));
