import assert from "node:assert/strict";
import fc from "fast-check";
import { ParameterError } from "../errors.ts";
import { dropWords } from "./word_drop.ts";

const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");

Deno.test("about the asked share of words is dropped, the others keep their order", () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `w${i}`).join(" ");
  const kept = words(dropWords([text], { ratio: 0.15 })[0]).map((word) => Number(word.slice(1)));
  assert.ok(Math.abs(kept.length / 20_000 - 0.85) < 0.01, `${kept.length} of 20,000 words kept`);
  assert.deepEqual(kept, kept.toSorted((a, b) => a - b));
});

Deno.test("a text keeps a word with a letter or a digit where it has one", () => {
  const text = fc.array(fc.constantFrom("a", "7", ".", "é", "--"), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(text, fc.double({ min: 0, max: 0.99, noNaN: true }), fc.integer(), (chosen, ratio, seed) => {
      const [dropped] = dropWords([chosen.join(" ")], { ratio, seed });
      const tells = (word: string) => /[a7é]/.test(word);
      assert.equal(words(dropped).some(tells), chosen.some(tells));
    }),
  );
});

Deno.test("a text's dropped words depend on the seed and on the text alone", () => {
  const texts = ["red dog leash for small dogs", "blue cat toy with a long string and a bell"];
  const drop = { ratio: 0.5, seed: 3 };
  assert.deepEqual(dropWords(texts, drop), texts.map((text) => dropWords([text], drop)[0]));
  assert.notDeepEqual(dropWords(texts, drop), dropWords(texts, { ratio: 0.5, seed: 4 }));
});

Deno.test("ratio 0 keeps every word, a ratio outside [0, 1) is an error", () => {
  assert.deepEqual(dropWords(["red  dog leash"], { ratio: 0 }), ["red dog leash"]);
  for (const ratio of [-0.1, 1, NaN]) assert.throws(() => dropWords(["red dog"], { ratio }), ParameterError);
});
