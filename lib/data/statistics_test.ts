import assert from "node:assert/strict";
import { domainStatistics, itemPopularity, sequenceLengths } from "./statistics.ts";
import { smallDomain } from "./test_helpers.ts";

const domain = smallDomain([[0, 1, 2, 2], [2, 1, 4]]);

Deno.test("a domain's row of Table 2", () => {
  assert.deepEqual(domainStatistics(domain), {
    dataset: "Toys",
    users: 2,
    items: 5,
    interactions: 7,
    averageLength: 3.5,
    averageTextLength: "wooden toy number 0.".length,
  });
});

Deno.test("the mean length of the texts counts characters, but no space at the end", () => {
  const itemTexts = ["four", " five ", "a b", "", "13 characters"];
  assert.equal(domainStatistics({ ...domain, itemTexts }).averageTextLength, (4 + 5 + 3 + 0 + 13) / 5);
});

Deno.test("lengths come by user, popularity from the most popular item down to those never taken", () => {
  assert.deepEqual([...sequenceLengths(domain.sequences)], [4, 3]);
  assert.deepEqual([...itemPopularity(domain)], [3, 2, 1, 1, 0]);
});
