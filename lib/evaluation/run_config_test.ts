import assert from "node:assert/strict";
import { checkTrainingOptions } from "./run_config.ts";

const options = { learningRate: 0.001, batchSize: 2048, epochs: 30, patience: 4 };

Deno.test("a number with which nothing can be trained is named, with what it is of", () => {
  checkTrainingOptions(options);
  assert.throws(() => checkTrainingOptions({ ...options, patience: NaN }), {
    name: "ParameterError",
    message: /^patience: expected a positive number, but found NaN/,
  });
  assert.throws(() => checkTrainingOptions({ ...options, epochs: 0 }, "pre-training"), {
    name: "ParameterError",
    message: /^pre-training's epochs: expected a positive number, but found 0/,
  });
});
