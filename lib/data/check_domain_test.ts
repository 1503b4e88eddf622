import assert from "node:assert/strict";
import { DataError } from "../errors.ts";
import { checkDomain } from "./check_domain.ts";
import { packSequences } from "./domain.ts";
import { smallDomain } from "./test_helpers.ts";

const whole = smallDomain([[0, 1, 2], [2, 1, 0, 1]]);

Deno.test("a whole domain comes back as it is", () => {
  assert.equal(checkDomain(whole, "here"), whole);
});

for (
  const [problem, domain, expected] of [
    ["no users", { ...whole, sequences: packSequences([]) }, "at least one user"],
    ["a user of two items", smallDomain([[0, 1, 2], [0, 1]]), "at least 3 items of user child-1"],
    ["an item without text", { ...whole, itemTexts: ["a", " ", "c"] }, "a text of item toy-1"],
    [
      "too few feature rows",
      { ...whole, features: { values: new Float32Array(2), rows: 2, width: 1 } },
      "3 feature rows",
    ],
  ] as const
) {
  Deno.test(`${problem} is an error that names its source`, () => {
    assert.throws(
      () => checkDomain(domain as typeof whole, "here"),
      (error) => error instanceof DataError && error.message.startsWith(`here: expected ${expected}`),
    );
  });
}

Deno.test("a split by time may have users of one item, but its parts end in order and none is empty", () => {
  const splitAt = (trainEnds: number[], validEnds: number[]) => ({
    ...whole,
    sequences: {
      ...packSequences([[0, 1, 2, 0], [1]]),
      split: { trainEnds: Int32Array.from(trainEnds), validEnds: Int32Array.from(validEnds) },
    },
  });
  const good = splitAt([2, 0], [3, 0]);
  assert.equal(checkDomain(good, "here"), good);
  for (
    const [trainEnds, validEnds, expected] of [
      [[2], [3], "a split of 2 users"],
      [[3, 0], [2, 0], "parts of user 0 that end in order, within 4 items"],
      [[2, 0], [3, 2], "parts of user 1 that end in order, within 1 items"],
      [[1, 0], [3, 0], "users who train on two items or more"],
      [[2, 0], [2, 0], "users who have an item to validate on"],
      [[2, 0], [4, 0], "users who have an item to test on"],
    ] as const
  ) {
    assert.throws(
      () => checkDomain(splitAt([...trainEnds], [...validEnds]), "here"),
      (error) => error instanceof DataError && error.message.startsWith(`here: expected ${expected}`),
    );
  }
});
