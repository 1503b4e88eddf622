import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { describeData } from "./describe_data.ts";

const domain = { name: "Toys", itemIds: ["a", "b", "c"], sequences: packSequences([[0, 1], [2, 1, 0]]) };

Deno.test("data are described by their name, their sizes and a fingerprint", () => {
  const { fingerprint, ...sizes } = describeData(domain);
  assert.deepEqual(sizes, { name: "Toys", users: 2, items: 3, interactions: 5 });
  assert.match(fingerprint as string, /^[0-9a-f]{16}$/);
});

Deno.test("another item, another order or another user's end gives another fingerprint, another name does not", () => {
  const of = (lists: number[][]) => describeData({ ...domain, sequences: packSequences(lists) }).fingerprint;
  const all = [[[0, 1], [2, 1, 0]], [[0, 1], [2, 1, 1]], [[1, 0], [2, 1, 0]], [[0, 1, 2], [1, 0]]].map(of);
  assert.equal(new Set(all).size, all.length);
  assert.equal(describeData({ ...domain, name: "Games" }).fingerprint, all[0]);
});
