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
