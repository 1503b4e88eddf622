import assert from "node:assert/strict";
import { measureSettings, selectByValidation } from "./select.ts";
import { resultOf } from "./test_helpers.ts";

Deno.test("hyper-parameters are chosen on the validation items, whatever the test items say", () => {
  const results = [resultOf("A", 0.001, [3, 0]), resultOf("A", 0.003, [1, 9]), resultOf("B", 0.001, [5, 5])];
  const [a, b] = selectByValidation(measureSettings(results));
  assert.deepEqual([a.system, a.learningRate], ["A", 0.003]);
  assert.equal(b.system, "B");
  assert.equal(a.results[0], results[1]);
});

Deno.test("seeds of one setting count together", () => {
  const good = resultOf("A", 0.001, [0, 0], 1);
  const bad = resultOf("A", 0.001, [60, 60], 2);
  const steady = [1, 2].map((seed) => resultOf("A", 0.003, [1, 1], seed));
  const [selected] = selectByValidation(measureSettings([good, bad, ...steady]));
  assert.equal(selected.learningRate, 0.003); // 1/log2(3) > 1/2
  assert.deepEqual(selected.results, steady);
});
