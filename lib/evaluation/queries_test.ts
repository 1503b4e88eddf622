import assert from "node:assert/strict";
import fc from "fast-check";
import { packSequences } from "../data/domain.ts";
import { checkIndices, type Identifiers, itemsOf, type Query, resolveQueries } from "./queries.ts";

const itemIds = ["a", "b", "c", "d"];
const index = (ids: string[]) => new Map(ids.map((id, at) => [id, at]));
const domain = { name: "Toys", itemIds, sequences: packSequences([[0, 2], [], [3, 3, 1]]) };
const identifiers: Identifiers = {
  items: 4,
  itemIndex: () => index(itemIds),
  userIndex: () => index(["ann", "bob", "cat"]),
  domain,
  domainItems: () => null,
};

const refused = (queries: unknown, message: RegExp, known = identifiers) =>
  assert.throws(() => resolveQueries(queries as Query[], known), { name: "ParameterError", message });

Deno.test("items by ID, users with what they chose since, and indices become histories in time order", () => {
  const histories = resolveQueries([
    { items: ["d", "a", "d"] },
    { user: "cat" },
    { user: "ann", items: ["b"] },
    { user: "bob" },
    { indices: Int32Array.of(2, 1) },
    { indices: [3] },
    { items: [] },
  ], identifiers);
  const expected = [[3, 0, 3], [3, 3, 1], [0, 2, 1], [], [2, 1], [3], []];
  assert.deepEqual(histories.map((history) => [...history]), expected);
  assert.ok(histories.every((history) => history instanceof Int32Array));
  assert.deepEqual(resolveQueries([], identifiers), []);
});

Deno.test("unknown items and users are refused by query and entry", () => {
  refused([{ items: ["a"] }, { items: ["b", "x"] }], /^query 1\.items\[1\]: .* but found "x"/);
  refused([{ items: ["a", undefined] }], /^query 0\.items\[1\]: .* found undefined/);
  // deno-lint-ignore no-sparse-arrays
  refused([{ items: ["a", , "b"] }], /^query 0\.items\[1\]: .* found undefined/);
  refused([{ items: "a" }], /^query 0\.items: expected a list of item IDs, but found "a"/);
  refused([{ items: null }], /^query 0\.items: .* found null/);
  refused([{ user: "ann", items: ["x"] }], /^query 0\.items\[0\]: .* found "x"/);
  refused([{ user: "dan" }], /^query 0\.user: expected the ID of a user of Toys, but found "dan"/);
  refused([{ user: undefined }], /^query 0\.user: .* found undefined/);
  refused([{ user: "ann" }], /^query 0\.user: .* no users are known here/, { ...identifiers, domain: null });
});

Deno.test("indices that are none are refused by query and entry", () => {
  for (const entry of [-1, 1.5, 4, NaN, Infinity, "3", null, undefined, {}, 2n]) {
    refused(
      [{ indices: [0] }, { indices: [1, entry] }],
      /^query 1\.indices\[1\]: expected an item index from 0 to 3/,
    );
  }
  // deno-lint-ignore no-sparse-arrays
  refused([{ indices: [1, , 2] }], /^query 0\.indices\[1\]: .* found undefined/);
  refused([{ indices: "12" }], /^query 0\.indices: expected a list/);
  refused([{ indices: 3 }], /^query 0\.indices: expected a list/);
  refused([{ indices: null }], /^query 0\.indices: expected a list/);
});

Deno.test("what is no query, or two at once, is refused, and holes in the list of queries too", () => {
  refused(undefined, /^queries: expected a list of queries, but found undefined/);
  refused({ items: ["a"] }, /^queries: expected a list/);
  for (
    const query of [null, undefined, 3, "a", {}, { indices: [0], items: ["a"] }, {
      user: "ann",
      indices: [0],
    }]
  ) {
    refused([{ items: ["a"] }, query], /^query 1: expected \{ items \}, \{ user \}/);
  }
  // deno-lint-ignore no-sparse-arrays
  refused([{ items: ["a"] }, , { items: ["b"] }], /^query 1: .* found undefined/);
  refused([{ item: ["a"] }], /^query 0: expected some of items, user, indices, but found item/);
});

Deno.test("the past of a user of a domain with items in another order is found by their IDs, or refused", () => {
  // the domain has x, d, a where the recommender has none, 3 and 0
  const grown = { name: "Toys", itemIds: ["x", "d", "a"], sequences: packSequences([[1, 2], [2, 0]]) };
  const others = { ...identifiers, domain: grown, domainItems: () => Int32Array.of(-1, 3, 0) };
  const [history] = resolveQueries([{ user: "ann", items: ["b"] }], others);
  assert.deepEqual([...history], [3, 0, 1]);
  refused([{ user: "bob" }], /^query 0\.user, a past item: .* found "x"/, others);
});

Deno.test("every list of valid indices is taken as it is", () => {
  fc.assert(fc.property(fc.array(fc.nat(9)), (list) => {
    assert.deepEqual(checkIndices(list, 10, "list"), list);
    assert.deepEqual(itemsOf(list.map(String), index("0123456789".split("")), "list"), list);
  }));
});

Deno.test("histories longer than a call has arguments are taken", () => {
  const long = new Int32Array(300_000).fill(2);
  const known = { ...identifiers, domain: { ...domain, sequences: packSequences([long]) } };
  const [history] = resolveQueries([{ user: "ann", items: ["a"] }], known);
  assert.equal(history.length, 300_001);
});
