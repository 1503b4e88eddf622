import assert from "node:assert/strict";
import { checkTrainingOptions } from "./check_options.ts";

const options = { learningRate: 0.001, batchSize: 2048, epochs: 30, patience: 4 };

Deno.test("a number with which nothing can be trained is named, with what it is of", () => {
  checkTrainingOptions(options);
  for (const name of ["batchSize", "epochs", "patience"]) {
    for (const value of [0, 2.5, NaN, Infinity, "10", [5]]) {
      assert.throws(() => checkTrainingOptions({ ...options, [name]: value }), {
        name: "ParameterError",
        message: RegExp(`^${name}: expected a positive integer, but found `),
      });
    }
  }
  assert.throws(() => checkTrainingOptions({ ...options, learningRate: Infinity }), {
    name: "ParameterError",
    message: /^learningRate: expected a positive number, but found Infinity/,
  });
  assert.throws(() => checkTrainingOptions({ ...options, epochs: 0 }, "pre-training"), {
    name: "ParameterError",
    message: /^pre-training's epochs: expected a positive integer, but found 0/,
  });
});
