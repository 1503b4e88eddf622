import assert from "node:assert/strict";
import fc from "fast-check";
import { type Domain, packSequences } from "../data/domain.ts";
import { smallDomain } from "../data/test_helpers.ts";
import { describeTestUsers } from "../experiments/kept_users.ts";
import { allGroupings, groupBoundaries, popularityGroups } from "./popularity_groups.ts";

const groupsOf = (domain: Domain, boundaries: readonly number[]) =>
  popularityGroups(describeTestUsers(domain), boundaries);
const boundariesOf = (domain: Domain) => groupBoundaries(describeTestUsers(domain));
const listed = (groups: ReturnType<typeof popularityGroups>) =>
  groups.map(({ name, users }) => [name, ...users]);

Deno.test("only training items count: neither the validation item nor the test item of anyone", () => {
  // in training: item 0 four times, item 1 once, item 2 never, though it is held out three times
  const domain = smallDomain([[0, 0, 2, 1], [0, 1, 2, 2], [0, 2, 0], [2, 1]]);
  assert.deepEqual(listed(groupsOf(domain, [2, 4])), [["0 (cold)", 1], ["1", 0, 3], ["4+", 2]]);
});

Deno.test("a user without a history is in no group", () => {
  const domain = { ...smallDomain([[0, 1, 1]]), sequences: packSequences([[0], [], [0, 0, 1, 0]]) };
  assert.deepEqual(listed(groupsOf(domain, [])), [["1+", 2]]);
});

const anySequences = fc.array(fc.array(fc.nat(12), { maxLength: 9 }), { minLength: 1, maxLength: 40 })
  .filter((lists) => lists.flat().length > 0);

Deno.test("the groups part all users with a history", () =>
  fc.assert(fc.property(
    anySequences,
    fc.uniqueArray(fc.integer({ min: 2, max: 20 })),
    (lists, boundaries) => {
      const domain = smallDomain(lists);
      const groups = groupsOf(domain, boundaries.sort((one, other) => one - other));
      const users = groups.flatMap(({ users }) => [...users]).sort((one, other) => one - other);
      assert.deepEqual(users, [...lists.keys()].filter((user) => lists[user].length > 1));
      assert.ok(groups.every(({ users }) => users.length > 0));
    },
  )));

Deno.test("boundaries can always be used, and are the paper's for its data sets", () => {
  fc.assert(fc.property(anySequences, (lists) => {
    const domain = smallDomain(lists);
    groupsOf(domain, boundariesOf(domain));
  }));
  const paper = boundariesOf({ ...smallDomain([[0, 1, 2]]), name: "Scientific" });
  assert.deepEqual(paper, [5, 10, 15, 20]);
});

Deno.test("without the paper's boundaries every group has about a fifth of the users", () => {
  // item i occurs i + 1 times in training and is the test item of one user
  const lists = Array.from({ length: 50 }, (_, item) => [...Array(item + 1).fill(item), 0, item]);
  const domain = smallDomain(lists);
  const sizes = groupsOf(domain, boundariesOf(domain)).map(({ users }) => users.length);
  assert.equal(sizes.length, 5);
  assert.ok(sizes.every((size) => Math.abs(size - 10) <= 1), sizes.join());
});

Deno.test("boundaries that make no groups are refused", () => {
  for (const boundaries of [[5, 5], [10, 5], [1, 5], [2.5], [NaN]]) {
    assert.throws(() => groupsOf(smallDomain([[0, 1]]), boundaries), {
      name: "ParameterError",
      message: /^boundaries: expected ascending integers above 1/,
    });
  }
});

Deno.test("by time, only users with a test item are in a group", () => {
  const split = { trainEnds: Int32Array.of(2, 1, 2), validEnds: Int32Array.of(2, 1, 3) };
  const domain = smallDomain([[0, 1, 1], [0, 2], [0, 1, 0]]);
  const groups = groupsOf({ ...domain, sequences: { ...domain.sequences, split } }, [3]);
  assert.deepEqual(groups, [
    { name: "0 (cold)", users: Int32Array.of(1) },
    { name: "[1, 3)", users: Int32Array.of(0) },
  ]);
});

Deno.test("users are grouped by how much comes before their test item, about a fifth of them in each group", () => {
  const domain = smallDomain(Array.from({ length: 50 }, (_, user) => Array(user + 2).fill(0)));
  const [, { groups }] = allGroupings(describeTestUsers(domain));
  assert.deepEqual(groups.map(({ name }) => name), ["[1, 11)", "[11, 21)", "[21, 31)", "[31, 41)", "41+"]);
  assert.deepEqual([...groups[1].users], Array.from({ length: 10 }, (_, at) => at + 10));
});
