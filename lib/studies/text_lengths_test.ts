import assert from "node:assert/strict";
import { measureTextLengths } from "./text_lengths.ts";

Deno.test("without a tokenizer words are counted, and domains without texts left out", async () => {
  const domains = [{ name: "A", itemTexts: ["red  dog leash", "mug"] }, { name: "B", itemTexts: null }];
  assert.deepEqual(await measureTextLengths(domains, null), {
    unit: "words",
    domains: [{ name: "A", lengths: [3, 1] }],
  });
});
