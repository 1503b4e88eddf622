import assert from "node:assert/strict";
import { sequenceOf } from "../data/domain.ts";
import { conceptOfText, concepts } from "../data/sample/concepts.ts";
import { makeSample } from "../data/sample/sample.ts";
import { DataError, ParameterError } from "../errors.ts";
import { withTexts } from "../text/with_texts.ts";
import { itemsOf } from "./transitions.ts";
import { likeness } from "./transitions_by_vectors.ts";
import { findSharedTransitions } from "./transitions_shared.ts";

const sample = makeSample();
const sources = sample.sources.slice(0, 2).map(withTexts);
const market = withTexts(sample.targets[1]);

/** Returns the category that an item text of the sample names. */
function categoryOf(text: string): string {
  return concepts[conceptOfText(text)].category;
}

Deno.test("users of the sample's sources and targets share the transition from dog to cat", () => {
  const found = findSharedTransitions(sources, market, {
    keywords: ["dog", "cat"],
    reach: 3,
    count: 5,
    seed: 1,
  });
  assert.equal(found.length, 5);
  for (const { domain, source, target } of found) {
    const texts = [
      ...itemsOf(domain.sequences, source).map((item) => domain.itemTexts[item]),
      ...itemsOf(market.sequences, target).map((item) => market.itemTexts[item]),
    ];
    assert.deepEqual(texts.map((text) => /\bDog\b/.test(text)), [true, false, true, false]);
    assert.deepEqual(texts.map((text) => /\bCat\b/.test(text)), [false, true, false, true]);
    assert.equal(target.end, sequenceOf(market.sequences, target.user).length - 1);
  }
});

Deno.test("without keywords, what is found is of the same kind in both domains", () => {
  const found = findSharedTransitions(sources, market, { keywords: null, reach: 1, count: 8, seed: 1 });
  const same = found.filter(({ domain, source, target }) => {
    const theirs = itemsOf(domain.sequences, source).map((item) => categoryOf(domain.itemTexts[item]));
    const ours = itemsOf(market.sequences, target).map((item) => categoryOf(market.itemTexts[item]));
    return theirs.join() === ours.join();
  });
  assert.ok(same.length >= 6, `${same.length} of ${found.length}`);
  assert.deepEqual(found.map(likeness), found.map(likeness).toSorted((one, other) => other - one));
  assert.equal(new Set(found.map(({ target }) => target)).size, found.length);
});

Deno.test("a keyword that is nowhere is named, with the domain and how many items were searched", () => {
  assert.throws(
    () =>
      findSharedTransitions([sources[0]], market, {
        keywords: ["dog", "zeppelin"],
        reach: 3,
        count: 1,
        seed: 1,
      }),
    (error) =>
      error instanceof ParameterError &&
      error.message.includes(`none in Outdoors with ${sources[0].itemIds.length} items`) &&
      error.message.includes('0 with "zeppelin"'),
  );
});

Deno.test("features that cannot be compared are refused", () => {
  const narrow = { ...sources[0], features: { values: new Float32Array(8), rows: 4, width: 2 } };
  assert.throws(
    () => findSharedTransitions([narrow], market, { keywords: null, reach: 1, count: 1, seed: 1 }),
    (error) => error instanceof DataError && error.message.includes("features of Market: expected 2 numbers"),
  );
});

Deno.test("how many are wanted is a positive integer", () => {
  for (const count of [0, -1, 1.5]) {
    assert.throws(
      () => findSharedTransitions([sources[0]], market, { keywords: null, reach: 1, count, seed: 1 }),
      { name: "ParameterError", message: /^cases: expected a positive integer/ },
    );
  }
});

Deno.test("a search of nothing is refused", () => {
  assert.throws(
    () => findSharedTransitions([], market, { keywords: null, reach: 1, count: 1, seed: 1 }),
    (error) => error instanceof DataError && error.problem.where === "sources",
  );
});
