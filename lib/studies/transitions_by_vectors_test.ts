import fc from "fast-check";
import assert from "node:assert/strict";
import { packSequences } from "../data/domain.ts";
import { createGenerator, integer, normals } from "../random.ts";
import { itemsOf, listTransitions } from "./transitions.ts";
import { likeness, matchTransitions, type TransitionSide } from "./transitions_by_vectors.ts";

function side(lists: number[][], values: Float32Array, width: number): TransitionSide {
  const sequences = packSequences(lists);
  const transitions = listTransitions(sequences, { ends: "every", reach: 1 });
  return { sequences, transitions, vectors: { values, rows: values.length / width, width } };
}

function randomSide(seed: number, users: number): TransitionSide {
  const generator = createGenerator(seed);
  const lists = Array.from({ length: users }, () => Array.from({ length: 4 }, () => integer(generator, 12)));
  return side(lists, normals(generator, 12 * 5), 5);
}

/** Cosine of two vectors, written plainly. */
function cosine(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function vectorsOf(
  { vectors: { values, width }, sequences }: TransitionSide,
  transition: { user: number; start: number; end: number },
) {
  const [start, end] = itemsOf(sequences, transition).map((item) =>
    values.slice(item * width, (item + 1) * width)
  );
  return { start, end, difference: end.map((value, i) => value - start[i]) };
}

Deno.test("the best match has the largest smallest cosine of all pairs", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [source, target] = [randomSide(seed, 6), randomSide(seed ^ 1, 4)];
      const [best] = matchTransitions(source, target, { count: 1, seed: 1 });
      let most = -1;
      for (const one of source.transitions) {
        for (const other of target.transitions) {
          const [a, b] = [vectorsOf(source, one), vectorsOf(target, other)];
          if (cosine(a.start, a.end) > 0.9 || cosine(b.start, b.end) > 0.9) continue; // near-identical
          const all = [
            cosine(a.start, b.start),
            cosine(a.end, b.end),
            cosine(a.difference, b.difference),
          ];
          most = Math.max(most, Math.min(...all));
        }
      }
      assert.ok(Math.abs(likeness(best) - most) < 1e-5);
      const [a, b] = [vectorsOf(source, best.source), vectorsOf(target, best.target)];
      assert.ok(Math.abs(best.startCosine - cosine(a.start, b.start)) < 1e-5);
      assert.ok(Math.abs(best.endCosine - cosine(a.end, b.end)) < 1e-5);
      assert.ok(Math.abs(best.transitionCosine - cosine(a.difference, b.difference)) < 1e-5);
    }),
    { numRuns: 30 },
  );
});

Deno.test("matches come best first, each transition in one of them, the same every time", () => {
  const [source, target] = [randomSide(3, 30), randomSide(4, 20)];
  const matches = matchTransitions(source, target, { count: 10, seed: 7 });
  assert.ok(matches.length > 2);
  const likenesses = matches.map(likeness);
  assert.deepEqual(likenesses, likenesses.toSorted((one, other) => other - one));
  assert.equal(new Set(matches.map(({ source }) => source)).size, matches.length);
  assert.equal(new Set(matches.map(({ target }) => target)).size, matches.length);
  assert.deepEqual(matchTransitions(source, target, { count: 10, seed: 7 }), matches);
});

Deno.test("near-identical items make no transition, nor does an item without a direction", () => {
  // items 0 and 1 are all but the same, item 2 is another, item 3 is the average item
  const values = Float32Array.of(1, 0, 1, 0.01, 0, 1, 0, 0);
  const both = side([[0, 1], [0, 2], [0, 3], [3, 2]], values, 2);
  const matches = matchTransitions(both, both, { count: 10, seed: 1 });
  assert.deepEqual(matches.map(({ source, target }) => [source.user, target.user]), [[1, 1]]);
});

Deno.test("alike starts and alike differences are not enough: the ends have to be alike too", () => {
  const values = Float32Array.of(10, 0, 0, 0, 1, 0, 0, 0, 1);
  const source = side([[0, 1]], values, 3);
  const [match] = matchTransitions(source, side([[0, 2]], values, 3), { count: 1, seed: 1 });
  assert.ok(match.startCosine > 0.99 && match.transitionCosine > 0.98);
  assert.equal(likeness(match), 0);
});
