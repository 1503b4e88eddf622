import assert from "node:assert/strict";
import { smallDomain } from "../../../tests/small_domain.ts";
import { historyOf } from "../../data/split.ts";
import type { Arrays } from "../../engine/array_spec.ts";
import { createGenerator } from "../../random.ts";
import type { Tags } from "../../text/tags.ts";
import { createCcdrBatches } from "./batches.ts";
import { domainOf, joinSequencesOf } from "../../training/joined/joined_items.ts";

const maxLength = 8;
const joined = joinSequencesOf([
  { ...smallDomain(), name: "First" },
  { ...smallDomain({ items: 20, users: 40, seed: 8 }), name: "Second" },
]);
const noTags: Tags = { words: [], items: [[], []] };
const tags: Tags = {
  words: ["even", "odd"],
  items: [30, 20].map((count) =>
    [0, 1].map((rest) =>
      Int32Array.from({ length: count }, (_, item) => item).filter((item) => item % 2 === rest)
    )
  ),
};
const made = createCcdrBatches(joined, tags, 64, maxLength);

function epoch(seed: number, batches = made): Arrays[] {
  const generator = createGenerator(seed);
  return batches.batches(generator).map(({ arrays }) => arrays(generator));
}

/** The items, as joined, that a view reads in a segment up to a slot. */
function sequenceUpTo({ rows, ...arrays }: Arrays, slot: number): number[] {
  const first = slot - arrays["views/positions"][slot];
  const segments = arrays["views/segments"].subarray(first, slot + 1);
  assert.ok(segments.every((segment) => segment === segments[0]));
  return Array.from(arrays["views/items"].subarray(first, slot + 1), (row) => rows[row]);
}

function isSubsequence(part: number[], whole: ArrayLike<number>): boolean {
  let found = 0;
  for (let i = 0; i < whole.length && found < part.length; i++) if (whole[i] === part[found]) found++;
  return found === part.length;
}

Deno.test("every prediction of every domain comes once an epoch, and rows know their domains", () => {
  const batches = epoch(1);
  const predictions = batches.flatMap(({ rows, domains, targets, weights, items, queries }) => {
    rows.forEach((item, row) => {
      if (domains[row] >= 0) assert.equal(domainOf(joined.firstItems, item), domains[row]);
    });
    return Array.from(weights.filter((weight) => weight > 0), (_, i) => {
      assert.equal(domains[targets[i]], domains[items[queries[i]]]);
      return `${rows[items[queries[i]]]} → ${rows[targets[i]]}`;
    });
  });
  const expected = Array.from({ length: joined.firstUsers.at(-1)! }, (_, user) => {
    const history = historyOf(joined.sequences, user, "train");
    return Array.from(history.subarray(1), (item, i) => `${history[i]} → ${item}`);
  }).flat();
  assert.deepEqual(predictions.sort(), expected.sort());
  assert.equal(made.instances.First + made.instances.Second, expected.length);
});

Deno.test("both views of a contrasted sequence are parts of one user's, and most often unlike each other", () => {
  let [contrasted, unlike] = [0, 0];
  for (const arrays of epoch(2)) {
    const used = arrays["views/weights"].filter((weight) => weight > 0).length;
    for (let i = 0; i < used; i++) {
      const user = arrays["views/users"][i];
      assert.equal(arrays["views/domains"][i], domainOf(joined.firstUsers, user));
      const views = ["views/first", "views/second"].map((name) => sequenceUpTo(arrays, arrays[name][i]));
      for (const view of views) assert.ok(isSubsequence(view, historyOf(joined.sequences, user, "train")));
      assert.equal(views[0][0], views[1][0]);
      contrasted++;
      if (views[0].join() !== views[1].join()) unlike++;
    }
  }
  assert.ok(contrasted > 20, `${contrasted}`);
  assert.ok(unlike > 0.4 * contrasted, `${unlike} of ${contrasted}`);
});

Deno.test("arrays have the shapes and types of the inputs, with tags or without", () => {
  for (const batches of [made, createCcdrBatches(joined, noTags, 64, maxLength)]) {
    for (const arrays of epoch(3, batches)) {
      assert.deepEqual(Object.keys(arrays).sort(), Object.keys(batches.inputs).sort());
      for (const [name, { shape, type }] of Object.entries(batches.inputs)) {
        assert.equal(arrays[name].length, shape[0], name);
        assert.ok(type === "float32" === arrays[name] instanceof Float32Array, name);
      }
    }
  }
  assert.ok(made.tags);
});

Deno.test("the same generator gives the same epoch, another one another", () => {
  assert.deepEqual(epoch(5), epoch(5));
  assert.notDeepEqual(epoch(5), epoch(6));
});

Deno.test("one short sequence is enough", () => {
  const sequences = { items: Int32Array.of(3, 1, 2, 0), offsets: Int32Array.of(0, 4) };
  const lonely = joinSequencesOf([{ name: "Lonely", itemIds: ["a", "b", "c", "d"], sequences }]);
  const batches = createCcdrBatches(lonely, { words: [], items: [[]] }, 4, maxLength);
  const [arrays] = epoch(1, batches);
  assert.ok(arrays["views/weights"].every((weight) => weight === 0)); // nothing is left of it to contrast
});
