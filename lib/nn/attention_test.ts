import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  assertGradients,
  assertResult,
  derive,
  floats,
  type Given,
  integers,
  type Point,
  randomFloats,
} from "../../tests/check_gradients.ts";
import { engines, runOnce } from "../../tests/compare_engines.ts";
import { attentionMask, attentionSpecs, selfAttention } from "./attention.ts";

const length = 3;
const hiddenSize = 4;

/** Two rows of three slots: two segments in the first, one and an empty slot in the second. */
const segments = integers([0, 0, 1, 2, 2, -6]);

const variables: Record<string, Given> = {
  x: randomFloats([2 * length, hiddenSize]),
  ...Object.fromEntries(
    Object.entries(attentionSpecs("a", hiddenSize)).map((
      [name, { shape }],
      seed,
    ) => [name, randomFloats([...shape], seed)]),
  ),
};

const attend =
  (heads: number, dropout: number): Point["compute"] => ({ x, segments, ...parameters }, noise) =>
    selfAttention(x, attentionMask(segments, length), parameters, "a", { heads, dropout }, noise);

Deno.test("a position may attend to itself and to earlier positions of its row and segment", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 4, maxLength: 4 }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.boolean(),
      async (rows, causal) => {
        const expected = rows.flatMap((row) =>
          row.flatMap((query, at) =>
            row.map((key, other) => key === query && (!causal || other <= at) ? 0 : -10000)
          )
        );
        const given = integers(rows.flat());
        for (const engine of Object.values(engines)) {
          const { mask } = await runOnce(
            engine,
            ({ segments }) => ({ mask: attentionMask(segments, 4, causal) }),
            { segments: given },
            { segments: given.values },
          );
          // −0 is 0
          assert.deepEqual(Array.from(mask, (value) => value + 0), expected);
        }
      },
    ),
    { numRuns: 15 },
  ));

/** Attention of one segment's slots in double precision, without dropout. */
function attendPlainly(slots: number[], heads: number): number[][] {
  const multiply = (row: number[], part: string) =>
    Array.from(
      { length: hiddenSize },
      (_, column) =>
        row.reduce(
          (sum, value, i) => sum + value * variables[`a.${part}.kernel`].values[i * hiddenSize + column],
          variables[`a.${part}.bias`].values[column],
        ),
    );
  const rows = slots.map((slot) =>
    Array.from(variables.x.values.subarray(slot * hiddenSize, (slot + 1) * hiddenSize))
  );
  const [queries, keys, values] = ["query", "key", "value"].map((part) =>
    rows.map((row) => multiply(row, part))
  );
  const width = hiddenSize / heads;
  return rows.map((_, at) => {
    const mixed = Array.from({ length: heads }, (_, head) => {
      const own = (row: number[]) => row.slice(head * width, (head + 1) * width);
      const scores = keys.slice(0, at + 1).map((key) =>
        Math.exp(
          own(queries[at]).reduce((sum, value, i) => sum + value * own(key)[i], 0) / Math.sqrt(width),
        )
      );
      const total = scores.reduce((sum, score) => sum + score);
      return Array.from(
        { length: width },
        (_, i) => scores.reduce((sum, score, j) => sum + score / total * own(values[j])[i], 0),
      );
    });
    return multiply(mixed.flat(), "output");
  });
}

for (const heads of [1, 2, 4]) {
  Deno.test(`self-attention with ${heads} heads equals double precision, segment by segment`, () =>
    assertResult(
      { variables, constants: { segments }, compute: attend(heads, 0) },
      [[0, 1], [2], [3, 4], [5]].flatMap((slots) => attendPlainly(slots, heads)).flat(),
    ));
}

Deno.test("self-attention's gradients equal central differences, with dropout", () =>
  assertGradients({ variables, constants: { segments }, compute: attend(2, 0.25) }));

Deno.test("a forbidden position has no influence at all, whatever it holds", async () => {
  const compute: Point["compute"] = (inputs) =>
    tf.slice(attend(2, 0)(inputs, null!), [3, 0], [2, hiddenSize]);
  const huge = floats([2 * length, hiddenSize], variables.x.values);
  huge.values.fill(1000, 5 * hiddenSize);
  for (const engine of Object.values(engines)) {
    const before = await derive({ variables, constants: { segments }, compute }, engine);
    const after = await derive(
      { variables: { ...variables, x: huge }, constants: { segments }, compute },
      engine,
    );
    assert.deepEqual(after.result, before.result);
    assert.ok(before["gradient/x"].subarray(5 * hiddenSize).every((value) => value === 0));
  }
});
