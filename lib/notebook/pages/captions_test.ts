import assert from "node:assert/strict";
import { listNotebooks } from "../running/notebooks.ts";
import { captionOf, titleOf } from "./captions.ts";

Deno.test("every figure that a notebook saves has a caption that explains it", async () => {
  for (const path of await listNotebooks()) {
    const source = await Deno.readTextFile(path);
    for (const [, name] of source.matchAll(/\\"(figure-[a-z\d-]+)\\"(?::|\])/g)) {
      assert.notEqual(captionOf(name), `${titleOf(name)}.`, `${name} of ${path} has no caption`);
    }
  }
});

Deno.test("what has no caption is called what its name says", () => {
  assert.equal(captionOf("figure-new-thing"), "New thing.");
  assert.equal(titleOf("table-case-study"), "Case study");
  assert.equal(titleOf("table-figure-2"), "Figure 2");
});
