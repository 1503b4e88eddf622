import "./mod.ts";
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { assertKernelAgrees } from "../../../tests/compare_engines.ts";
import { elementwiseCases } from "../../../tests/kernel_cases/elementwise.ts";
import { indexingCases } from "../../../tests/kernel_cases/indexing.ts";
import { productCases } from "../../../tests/kernel_cases/products.ts";
import { reductionCases } from "../../../tests/kernel_cases/reductions.ts";
import { shapeCases } from "../../../tests/kernel_cases/shape.ts";
import { recorderName } from "../recorder.ts";

const cases = {
  ...elementwiseCases,
  ...indexingCases,
  ...productCases,
  ...reductionCases,
  ...shapeCases,
};

Deno.test("every kernel that can be recorded is compared with tfjs below, and no other", () => {
  const registered = tf.getKernelsForBackend(recorderName).map(({ kernelName }) => kernelName);
  assert.deepEqual(Object.keys(cases).sort(), registered.sort());
});

for (const [kernel, calls] of Object.entries(cases)) {
  Deno.test(`${kernel}, recorded, equals tfjs`, () =>
    fc.assert(fc.asyncProperty(calls, (call) => assertKernelAgrees(kernel, call)), { numRuns: 60 }));
}
