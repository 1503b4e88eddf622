import assert from "node:assert/strict";
import { smallDomain } from "../../../tests/small_domain.ts";
import { userCount } from "../../data/domain.ts";
import { historyOf } from "../../data/split.ts";
import { createGenerator } from "../../random.ts";
import { domainOf, joinSequencesOf } from "../../training/joined/joined_items.ts";
import { createRecGuruBatches } from "./batches.ts";

const joined = joinSequencesOf([
  { ...smallDomain({ users: 40 }), name: "First" },
  { ...smallDomain({ items: 20, users: 9, seed: 8 }), name: "Second" },
]);
const batches = createRecGuruBatches(joined, 32, 50);
const generator = createGenerator(1);
const epoch = batches.batches(generator).map((batch) => batch.arrays(generator));

Deno.test("an epoch holds every training instance of every domain once, none of a held-out item", () => {
  const expected: string[] = [];
  for (let user = 0; user < userCount(joined.sequences); user++) {
    const items = historyOf(joined.sequences, user, "train");
    for (let at = 1; at < items.length; at++) expected.push(`${items.subarray(0, at)} → ${items[at]}`);
  }
  const found = epoch.flatMap(({ rows, items, positions, queries, targets, weights }) =>
    Array.from(queries).flatMap((query, i) => {
      if (weights[i] === 0) return [];
      const prefix = items.subarray(query - positions[query], query + 1).map((row) => rows[row]);
      return [`${prefix} → ${rows[targets[i]]}`];
    })
  );
  assert.deepEqual(found.sort(), expected.sort());
  const [first, second] = Object.values(batches.instances);
  assert.equal(first + second, expected.length);
});

Deno.test("rows, slots and queries belong to the domains of their items, rows that hold none to no domain", () => {
  for (const arrays of epoch) {
    const { rows, rowDomains, items, slotDomains, segments, queries, queryDomains, targets, ownItems } =
      arrays;
    const used = 1 + Math.max(...items, ...targets);
    rowDomains.forEach((domain, row) =>
      assert.equal(domain, row < used ? domainOf(joined.firstItems, rows[row]) : -1)
    );
    items.forEach((row, slot) => {
      if (segments[slot] >= 0) assert.equal(slotDomains[slot], rowDomains[row]);
    });
    queries.forEach((slot, i) => {
      assert.equal(queryDomains[i], slotDomains[slot]);
      assert.equal(ownItems[i], items[slot]);
    });
  }
});

Deno.test("each sequence is shown to the discriminator once, at its end, and its domains weigh alike", () => {
  for (const { segments, endWeights, slotDomains } of epoch) {
    const shares = [0, 0];
    endWeights.forEach((weight, slot) => {
      const isEnd = segments[slot] >= 0 && !segments.subarray(slot + 1).includes(segments[slot]);
      assert.equal(weight > 0, isEnd);
      shares[slotDomains[slot]] += weight;
    });
    const present = shares.filter((share) => share > 0);
    for (const share of present) assert.ok(Math.abs(share - 1 / present.length) < 1e-6);
  }
});
