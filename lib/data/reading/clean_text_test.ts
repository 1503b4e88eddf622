import assert from "node:assert/strict";
import { cleanAmazonField, cleanDescription } from "./clean_text.ts";

Deno.test("Amazon's fields lose entities, quotes and line breaks and end in one full stop", () => {
  for (
    const [field, cleaned] of [
      ["Dog &amp; Cat&#39;s Toy", "Dog & Cat's Toy."],
      ['The 12" "best"\r\n of all...', "The 12 best of all."],
      ["Already. Ended.", "Already. Ended."],
      [["Tools &gt; Saws", " Hand\nSaws "], "Tools > Saws HandSaws."],
      ["", "."],
      [[], "."],
    ] as const
  ) {
    assert.equal(cleanAmazonField(field as string | string[]), cleaned);
  }
});

Deno.test("a field of 2,000 characters becomes empty, one of 1,999 stays", () => {
  assert.equal(cleanAmazonField("x".repeat(1998)).length, 1999);
  assert.equal(cleanAmazonField("x".repeat(1999)), "");
});

Deno.test("Online Retail's descriptions are trimmed and lower-cased", () => {
  assert.equal(cleanDescription(" RED Retrospot BAG "), "red retrospot bag.");
});
