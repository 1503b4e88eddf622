import assert from "node:assert/strict";
import fc from "fast-check";
import { makeSample } from "../data/sample/sample.ts";
import { findTags } from "./tags.ts";

/** The tags of one item, in alphabetical order. */
function tagsOf({ words, items }: ReturnType<typeof findTags>, domain: number, item: number): string[] {
  return words.filter((_, tag) => items[domain][tag].includes(item)).sort();
}

Deno.test("a tag is among its text's highest by TF-IDF, counted by hand", () => {
  // over ten texts: lamp stands in 6, oak in 6, desk in 8; the first text says desk twice
  const first = ["desk lamp desk", "desk oak", "desk lamp", "lamp oak", "desk oak"];
  const second = ["desk lamp", "desk lamp oak", "oak desk", "lamp", "oak desk"];
  const [one, two] = [findTags([first, second], 1), findTags([first, second], 2)];
  // lamp: ln (10 / 6) = 0.51; desk: 2 ln (10 / 8) = 0.45
  assert.deepEqual(tagsOf(one, 0, 0), ["lamp"]);
  assert.deepEqual(tagsOf(two, 0, 0), ["desk", "lamp"]);
  assert.deepEqual(tagsOf(two, 1, 1), ["lamp", "oak"]);
  // three times desk: 0.67
  const more = [["desk lamp desk desk", ...first.slice(1)], ["desk lamp desk desk", ...second.slice(1)]];
  assert.deepEqual(tagsOf(findTags(more, 1), 0, 0), ["desk"]);
});

Deno.test("stop words, numbers, letters, words of one domain or of every text are no tags; plurals are singular", () => {
  const first = [
    "The 12 strings of a x guitar 80gb",
    "the guitars 12 pianos x",
    "guitar with the 12 piano x",
  ];
  const second = ["12 guitars and the drum x", "The 12 guitar drums x", "guitar to the 12 x drum", "drum"];
  assert.deepEqual(findTags([first, second]).words, ["guitar"]);
  assert.deepEqual(findTags([first.slice(0, 3), second.slice(0, 3)]).words, []);
});

Deno.test("in the sample, items of a kind have the same tags in every domain with texts", () => {
  const { sources, targets } = makeSample();
  const texts = [sources[0], targets[1]].map(({ itemTexts }) => itemTexts);
  const { words, items } = findTags([...texts, null]);
  const leash = words.indexOf("leash");
  assert.ok(leash >= 0);
  texts.forEach((list, domain) => {
    assert.ok(items[domain][leash].length > 0);
    for (const item of items[domain][leash]) assert.match(list![item], /leash(es)?\b/i);
  });
  assert.ok(items[2].every(({ length }) => length === 0));
});

Deno.test("whatever the texts: few tags per item, each in two domains or more, none twice", () => {
  const word = fc.constantFrom("desk", "desks", "lamp", "oak", "the", "7", "x1", "é", "");
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(" "));
  const domain = fc.option(fc.array(text, { maxLength: 12 }));
  fc.assert(fc.property(fc.array(domain, { maxLength: 4 }), fc.integer({ min: 1, max: 3 }), (texts, most) => {
    const tags = findTags(texts, most);
    assert.equal(new Set(tags.words).size, tags.words.length);
    tags.words.forEach((_, tag) =>
      assert.ok(tags.items.filter((ofDomain) => ofDomain[tag].length > 0).length >= 2)
    );
    texts.forEach((list, at) => list?.forEach((_, item) => assert.ok(tagsOf(tags, at, item).length <= most)));
  }));
});
