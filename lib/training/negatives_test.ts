import assert from "node:assert/strict";
import { createGenerator } from "../random.ts";
import { itemSampler, type NegativesChoice, settleNegatives } from "./negatives.ts";

Deno.test("a word takes the usual number, a number stays, nothing is nothing", () => {
  assert.deepEqual(settleNegatives("popularity"), { by: "popularity", count: 1024 });
  assert.deepEqual(settleNegatives({ by: "uniform" }), { by: "uniform", count: 1024 });
  assert.deepEqual(settleNegatives({ by: "uniform", count: 5 }), { by: "uniform", count: 5 });
  assert.equal(settleNegatives(null), null);
});

Deno.test("what is no way to draw is refused by name", () => {
  const refused: [unknown, RegExp][] = [
    ["often", /^negatives: expected "uniform" or "popularity", but found "often"/],
    [1024, /^negatives: expected a way to draw them, but found 1024/],
    [["uniform"], /^negatives: expected a way to draw them/],
    [{ by: "uniform", number: 5 }, /^negatives: expected some of by, count, but found number/],
    [{ by: "uniform", count: 0 }, /^negatives: count: expected a positive integer, but found 0/],
    [{ count: 5 }, /^negatives: expected "uniform" or "popularity", but found undefined/],
  ];
  for (const [choice, message] of refused) {
    assert.throws(() => settleNegatives(choice as NegativesChoice), { name: "ParameterError", message });
  }
});

for (const by of ["uniform", "popularity"] as const) {
  Deno.test(`items are drawn as often as they are said to be: ${by}`, () => {
    const counts = Int32Array.of(0, 9, 4, 0, 1);
    const { draw, probability } = itemSampler(by, counts);
    const expected = by === "uniform" ? [0.2, 0.2, 0.2, 0.2, 0.2] : [1, 10, 5, 1, 2].map((part) => part / 19);
    const generator = createGenerator(3);
    const draws = 40_000;
    const found = new Float64Array(5);
    for (let i = 0; i < draws; i++) found[draw(generator)] += 1 / draws;
    expected.forEach((share, item) => {
      assert.ok(Math.abs(probability(item) - share) < 1e-12);
      assert.ok(Math.abs(found[item] - share) < 5 * Math.sqrt(share / draws), `item ${item}: ${found[item]}`);
    });
  });
}
