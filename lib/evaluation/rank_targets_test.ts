import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { engines } from "../../tests/compare_engines.ts";
import type { Engine } from "../engine/program.ts";
import { ranksOf } from "./metrics.ts";
import { rankTargets } from "./rank_targets.ts";
import { signedTieOrder, tieOrder } from "./tie_order.ts";

const rows = 3;
const items = 12;

/** Compiles the ranking of given scores. */
async function ranking(engine: Engine) {
  const program = await engine.compile(
    ({ scores, targets, order }) => rankTargets(scores as tf.Tensor2D, targets, order),
    {
      scores: { shape: [rows, items], type: "float32" },
      targets: { shape: [rows], type: "int32" },
      order: { shape: [items], type: "int32" },
    },
  );
  const order = Int32Array.from({ length: items }, (_, item) => signedTieOrder(item));
  return {
    rank: (scores: Float32Array, targets: Int32Array) => program.run({ scores, targets, order }),
    release: program.release,
  };
}

for (const engine of Object.values(engines)) {
  Deno.test(`ranks are those of the scores, among ties too, on ${engine.name}`, async () => {
    const { rank, release } = await ranking(engine);
    const numbers = (min: number, max: number, length: number) =>
      fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length });
    await fc.assert(
      fc.asyncProperty(
        // few distinct values, so that ties are common
        numbers(-2, 2, rows * items),
        numbers(0, items - 1, rows),
        async (values, places) => {
          const [scores, targets] = [Float32Array.from(values), Int32Array.from(places)];
          const found = await rank(scores, targets);
          assert.deepEqual(found.ranks, ranksOf(scores, targets, items));
          assert.deepEqual(found.comparable, new Float32Array(rows).fill(items));
          const row = (at: number) => scores.subarray(at * items, (at + 1) * items);
          assert.deepEqual(found.largest, Float32Array.from([0, 1, 2], (at) => Math.max(...row(at))));
        },
      ),
      { numRuns: 50 },
    );
    await release();
  });

  Deno.test(`a row with a score that is not finite is told from the others on ${engine.name}`, async () => {
    const { rank, release } = await ranking(engine);
    for (const bad of [NaN, Infinity]) {
      for (const place of [0, 5]) { // the target's own score, or another one
        const scores = Float32Array.from({ length: rows * items }, (_, at) => at % 7);
        scores[items + place] = bad;
        const { comparable, largest } = await rank(scores, Int32Array.of(0, 0, 0));
        const isFinite = [...comparable].map((count, row) => count === items && largest[row] < Infinity);
        assert.deepEqual(isFinite, [true, false, true], `${bad} at ${place}`);
      }
    }
    await release();
  });
}

Deno.test("the signed order of ties is the unsigned one, in signed 32-bit integers", () => {
  const all = Array.from({ length: 1000 }, (_, item) => item);
  const sorted = (by: (item: number) => number) => all.toSorted((a, b) => by(a) - by(b));
  assert.deepEqual(sorted(signedTieOrder), sorted(tieOrder));
  assert.ok(all.every((item) => signedTieOrder(item) === (signedTieOrder(item) | 0)));
});
