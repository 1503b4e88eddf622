import assert from "node:assert/strict";
import { ParameterError } from "../errors.ts";
import { experimentGrid, type Grid } from "./grid.ts";

const grid: Grid = {
  systems: ["SASRec", "BERT4Rec"],
  datasets: ["Scientific"],
  learningRates: [0.001, 0.003],
  hiddenSizes: [64, 300],
  seeds: [1, 2],
};

Deno.test("a grid has every combination once", () => {
  const experiments = experimentGrid(grid);
  assert.equal(experiments.length, 16);
  assert.equal(new Set(experiments.map((experiment) => JSON.stringify(experiment))).size, 16);
});

Deno.test("a system can be searched over learning rates of its own", () => {
  const experiments = experimentGrid({ ...grid, learningRatesOf: { BERT4Rec: [0.0003] } });
  const ratesOf = (name: string) =>
    new Set(experiments.filter(({ system }) => system === name).map(({ learningRate }) => learningRate));
  assert.deepEqual(ratesOf("SASRec"), new Set([0.001, 0.003]));
  assert.deepEqual(ratesOf("BERT4Rec"), new Set([0.0003]));
});

Deno.test("what cannot be trained, or would be trained twice, is an error that names the notebooks' parameter", () => {
  const refused = (part: Partial<Grid>, where: string) =>
    assert.throws(() => experimentGrid({ ...grid, ...part }), {
      name: "ParameterError",
      message: RegExp(`^${where}: expected`),
    });
  for (const systems of [[], ["SASRec", "SASRec"]]) refused({ systems }, "systemNames");
  for (const datasets of [[], ["OR", "OR"]]) refused({ datasets }, "targetNames");
  for (const rates of [[], [0.001, 0.001], [0], [-1], [0.001, Infinity], [NaN]]) {
    refused({ learningRates: rates }, "learningRates");
    refused({ learningRatesOf: { BERT4Rec: rates } }, "learningRatesOf BERT4Rec");
  }
  for (const hiddenSizes of [[], [64, 64]]) refused({ hiddenSizes }, "hiddenSizes");
  for (const hiddenSize of [0, 1.5, 33]) refused({ hiddenSizes: [64, hiddenSize] }, "hiddenSize"); // two heads
  for (const seeds of [[], [1, 1], [1, 1.5], [2 ** 32]]) refused({ seeds }, "seeds?");
  assert.throws(() => experimentGrid({ ...grid, learningRatesOf: { BERT5Rec: [0.001] } }), {
    name: ParameterError.name,
    message: /^learningRatesOf: expected one of SASRec, .* found "BERT5Rec"/,
  });
});
