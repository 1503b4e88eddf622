import assert from "node:assert/strict";
import { ParameterError } from "../../errors.ts";
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

Deno.test("a list without values, or a system that there is not, is an error that names it", () => {
  for (const name of ["systems", "datasets", "learningRates", "hiddenSizes", "seeds"]) {
    assert.throws(() => experimentGrid({ ...grid, [name]: [] }), {
      name: "ParameterError",
      message: RegExp(name),
    });
  }
  assert.throws(() => experimentGrid({ ...grid, learningRatesOf: { BERT4Rec: [] } }), /BERT4Rec/);
  assert.throws(() => experimentGrid({ ...grid, learningRatesOf: { BERT5Rec: [0.001] } }), ParameterError);
});
