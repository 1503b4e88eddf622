import assert from "node:assert/strict";
import fc from "fast-check";
import { compareGroups } from "./group_comparison.ts";

const groups = [
  { name: "0 (cold)", users: Int32Array.of(1, 4) },
  { name: "[1, 5)", users: Int32Array.of(0, 2, 3, 5) },
];
const sasRec = { model: "SASRec", values: [1, 0, 1, 0, 0, 0] };

Deno.test("means and improvements are those of the group's own users", () => {
  const uniSRec = { model: "UniSRec t", values: [1, 1, 1, 1, 0, 0] };
  const compared = compareGroups(groups, [uniSRec, sasRec], "SASRec", 1);
  assert.deepEqual(
    compared.map(({ group, users, model, mean, improvement }) => [
      group,
      users,
      model,
      mean.value,
      improvement.value,
    ]),
    [
      ["0 (cold)", 2, "UniSRec t", 0.5, null],
      ["0 (cold)", 2, "SASRec", 0, null],
      ["[1, 5)", 4, "UniSRec t", 0.75, 0.5],
      ["[1, 5)", 4, "SASRec", 0.5, 0],
    ],
  );
});

Deno.test("no number is infinite or NaN, and a model is exactly as good as itself", () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 6, maxLength: 6 }),
      fc.integer(),
      (hits, seed) => {
        const results = [
          { model: "SASRec", values: hits.map(([hit]) => hit) },
          { model: "twin", values: hits.map(([hit]) => hit) },
          { model: "other", values: hits.map(([, hit]) => hit) },
        ];
        for (const { model, mean, improvement } of compareGroups(groups, results, "SASRec", seed)) {
          for (const { value, interval } of [mean, improvement]) {
            assert.ok(value === null || Number.isFinite(value));
            if (interval) assert.ok(Number.isFinite(interval.low) && Number.isFinite(interval.high));
          }
          if (model === "twin") assert.ok(improvement.value === null || improvement.value === 0);
        }
      },
    ),
    { numRuns: 20 },
  ));

Deno.test("users are resampled in pairs: a model that is always twice as good has no interval to speak of", () => {
  const values = Array.from({ length: 30 }, (_, user) => 1 + user % 4);
  const [, { mean, improvement }] = compareGroups(
    [{ name: "1+", users: Int32Array.from(values.keys()) }],
    [{ model: "SASRec", values }, { model: "double", values: values.map((value) => 2 * value) }],
    "SASRec",
    1,
  );
  assert.deepEqual(improvement, { value: 1, interval: null });
  assert.ok(mean.interval!.high - mean.interval!.low > 0.5);
});

Deno.test("results without the baseline, or without some of the users, are refused", () => {
  assert.throws(() => compareGroups(groups, [sasRec], "GRU4Rec", 1), {
    name: "ParameterError",
    message: /^baseline: expected one of SASRec, but found GRU4Rec/,
  });
  assert.throws(() => compareGroups(groups, [sasRec, { model: "short", values: [1, 0] }], "SASRec", 1), {
    name: "ParameterError",
    message: /^results of short: expected a value for every user, at least 6, but found 2/,
  });
});
