import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { ParameterError } from "../errors.ts";
import { itemsOf, listTransitions } from "./transitions.ts";
import { itemsWithKeyword, type KeywordPair, withKeywords } from "./transitions_by_keywords.ts";

const domain = {
  itemTexts: [
    "DOGS' bowl",
    "Dogma on DVD",
    "Cat tree",
    "Brush for dogs and cats",
    "Coffee grinder",
    "Hot dog",
  ],
  sequences: packSequences([[0, 2], [1, 2], [3, 2], [0, 3], [2, 0], [0, 4, 2]]),
};

function found(keywords: KeywordPair, reach = 1): number[][] {
  const transitions = listTransitions(domain.sequences, { ends: "every", reach });
  return withKeywords(domain, transitions, keywords).map((transition) =>
    itemsOf(domain.sequences, transition)
  );
}

Deno.test("a keyword is a whole word, in any case, singular or plural", () => {
  assert.deepEqual(itemsWithKeyword(domain.itemTexts, "dog"), [true, false, false, true, false, true]);
  assert.deepEqual(itemsWithKeyword(domain.itemTexts, "Dogs"), itemsWithKeyword(domain.itemTexts, "dog"));
});

Deno.test("several words are found in a row only", () => {
  assert.deepEqual(itemsWithKeyword(domain.itemTexts, "hot dogs").indexOf(true), 5);
  assert.ok(!itemsWithKeyword(domain.itemTexts, "dog hot").includes(true));
});

Deno.test("the order counts, and an item with both keywords is neither start nor end", () => {
  assert.deepEqual(found(["dog", "cat"]), [[0, 2]]);
  assert.deepEqual(found(["cat", "dog"]), [[2, 0]]);
  assert.deepEqual(found(["dog", "cat"], 2), [[0, 2], [0, 2]]); // the second with a coffee grinder between
});

Deno.test("a keyword without a letter or digit is refused", () => {
  assert.throws(
    () => found(["dog", " ?"]),
    (error) => error instanceof ParameterError && error.message.includes('" ?"'),
  );
});

Deno.test("keywords that are not two words are refused by the parameter's name", () => {
  for (const keywords of [["dog"], ["dog", "cat", "fish"], [], "dog", ["dog", 7]]) {
    assert.throws(() => found(keywords as unknown as KeywordPair), {
      name: "ParameterError",
      message: `keywords: expected a word of the start's text and one of the end's, but found ${
        JSON.stringify(keywords)
      }. Use for example ["dog", "cat"].`,
    });
  }
});
