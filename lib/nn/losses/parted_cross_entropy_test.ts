import assert from "node:assert/strict";
import fc from "fast-check";
import {
  assertGradients,
  derive,
  floats,
  integers,
  type Point,
  randomFloats,
} from "../../../tests/check_gradients.ts";
import { engines } from "../../../tests/compare_engines.ts";
import { itemCrossEntropy, rowsAtOnce } from "./item_cross_entropy.ts";
import { partedCrossEntropy } from "./parted_cross_entropy.ts";

const whole: Point["compute"] = ({ queries, candidates, targets, weights, corrections }) =>
  itemCrossEntropy(queries, candidates, targets, weights, corrections);
const inParts =
  (rows: number): Point["compute"] => ({ queries, candidates, targets, weights, corrections }) =>
    partedCrossEntropy(queries, candidates, targets, weights, corrections, rows);

const constants = { targets: integers([2, 0, 2, 4, 1]), weights: floats([5], [0.5, 0.25, 0.125, 0.125, 0]) };
const variables = { queries: randomFloats([5, 3]), candidates: randomFloats([6, 3], 2) };

for (const rows of [1, 2, 3, 5, 8]) {
  Deno.test(`${rows} queries at a time: gradients equal central differences and those of all at once`, () =>
    assertGradients({ variables, constants, compute: inParts(rows) }, whole));
}

Deno.test("corrections are added to each part's own logits", () =>
  assertGradients({
    variables,
    constants: { ...constants, corrections: randomFloats([5, 6], 3) },
    compute: inParts(2),
  }, whole));

Deno.test("for any sizes, loss and gradients are those of all queries at once to 1e-5", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(1000),
      async (queries, items, width, rows, seed) => {
        const point = {
          variables: {
            queries: randomFloats([queries, width], seed),
            candidates: randomFloats([items, width], seed + 1),
          },
          constants: {
            targets: integers(Array.from({ length: queries }, (_, at) => (at * 7 + seed) % items)),
            weights: floats([queries], new Array(queries).fill(1 / queries)),
          },
        };
        const expected = await derive({ ...point, compute: whole }, engines.compiled);
        const found = await derive({ ...point, compute: inParts(rows) }, engines.compiled);
        for (const [name, values] of Object.entries(expected)) {
          values.forEach((value, at) =>
            assert.ok(
              Math.abs(value - found[name][at]) <= 1e-5 * Math.max(1, Math.abs(value)),
              `${name} ${at}`,
            )
          );
        }
      },
    ),
    { numRuns: 30 },
  ));

Deno.test("up to 32,768 items 2,048 queries are taken at once; beyond, as many as have so many logits", () => {
  assert.equal(rowsAtOnce(2048, 32_768), 2048);
  assert.equal(rowsAtOnce(2048, 65_536), 1024);
  assert.equal(rowsAtOnce(2048, 1_000_000), 67);
  assert.equal(rowsAtOnce(2048, 2 ** 28), 1);
});
