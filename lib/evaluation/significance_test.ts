import assert from "node:assert/strict";
import fc from "fast-check";
import { mean, pairedTest, standardDeviation } from "./significance.ts";

Deno.test("Student's own example: ten patients under two sleeping drugs", () => {
  // Student (1908), The probable error of a mean; t = 4.0621 with 9 degrees of freedom, p = 0.00283 in R's t.test
  const first = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const second = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const { difference, p, pairs } = pairedTest(first, second);
  assert.ok(Math.abs(difference - 1.58) < 1e-9);
  assert.ok(Math.abs(p - 0.002833) < 1e-6, `p ${p}`);
  assert.equal(pairs, 10);
});

Deno.test("exchanging the lists changes the sign only", () =>
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 2 }),
    (pairs) => {
      const [first, second] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      const [there, back] = [pairedTest(first, second), pairedTest(second, first)];
      assert.ok(there.difference + back.difference === 0);
      assert.ok(Math.abs(there.p - back.p) < 1e-12 && there.p >= 0 && there.p <= 1);
    },
  )));

Deno.test("equal lists do not differ, lists at a constant distance do, and lists without pairs are refused", () => {
  assert.deepEqual(pairedTest([1, 2], [1, 2]), { difference: 0, p: 1, pairs: 2 });
  assert.deepEqual(pairedTest([2, 3], [1, 2]), { difference: 1, p: 0, pairs: 2 });
  for (const lists of [[[1, 2], [1]], [[1], [1]]]) {
    assert.throws(() => pairedTest(lists[0], lists[1]), { name: "ParameterError", message: /^paired test/ });
  }
});

Deno.test("mean and standard deviation are those of a sample", () => {
  assert.equal(mean([1, 2, 6]), 3);
  assert.ok(Math.abs(standardDeviation([1, 2, 6])! - Math.sqrt(7)) < 1e-12);
  assert.equal(standardDeviation([5]), null);
});
