import assert from "node:assert/strict";
import fc from "fast-check";
import { overlapHits } from "./hit_overlap.ts";

const groups = [
  { name: "[1, 5)", users: Int32Array.of(0, 2, 3, 5) },
  { name: "5+", users: Int32Array.of(1, 4) },
];
const counting = { model: "Neighbours", values: [1, 0, 1, 1, 0, 0] };
const network = { model: "SASRec", values: [1, 1, 0, 0, 0, 0] };

Deno.test("hits divide between both systems and each alone, group by group", () => {
  const overlaps = overlapHits([{ by: "popularity", groups }], counting, network, 1);
  assert.deepEqual(
    overlaps.map(({ by, group, users, both, firstOnly, secondOnly, missed }) => [
      by,
      group,
      users,
      ...[both, firstOnly, secondOnly, missed].map(({ value }) => value),
    ]),
    [
      ["popularity", "[1, 5)", 4, 0.25, 0.5, 0, 2 / 3],
      ["popularity", "5+", 2, 0, 0, 0.5, null], // nothing found that could be missed
    ],
  );
});

Deno.test("the parts add up to what each system finds, whatever it is", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 20 }), (hits) => {
      const users = Int32Array.from(hits.keys());
      const of = (model: string, at: 0 | 1) => ({ model, values: hits.map((hit) => hit[at]) });
      const [{ both, firstOnly, secondOnly }] = overlapHits(
        [{ by: "all", groups: [{ name: "all", users }] }],
        of("one", 0),
        of("other", 1),
        1,
      );
      const found = (at: 0 | 1) => hits.filter((hit) => hit[at] === 1).length / hits.length;
      assert.ok(Math.abs(both.value! + firstOnly.value! - found(0)) < 1e-12);
      assert.ok(Math.abs(both.value! + secondOnly.value! - found(1)) < 1e-12);
    }),
    { numRuns: 20 },
  ));

Deno.test("what is neither hit nor miss is refused, of users in a group only", () => {
  const averaged = { model: "SASRec", values: [1, 0.5, 0, 0, 0, 0] };
  assert.throws(() => overlapHits([{ by: "popularity", groups }], counting, averaged, 1), {
    name: "ParameterError",
    message: /^hits of SASRec, user 1: expected 0 or 1, but found 0.5/,
  });
  assert.throws(() => overlapHits([{ by: "popularity", groups }], { ...counting, values: [1] }, network, 1), {
    name: "ParameterError",
    message: /^hits of Neighbours, user 2: expected 0 or 1, but found undefined/,
  });
  assert.equal(overlapHits([{ by: "popularity", groups: [groups[0]] }], counting, averaged, 1).length, 1);
});
