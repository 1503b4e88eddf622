import assert from "node:assert/strict";
import type { JsonObject } from "../json.ts";
import type { KeptResult } from "./list_results.ts";
import { nameByStart } from "./name_by_start.ts";
import { resultOf } from "./test_helpers.ts";

const stage = (more: JsonObject = {}) => ({
  name: "m",
  dataset: "Small",
  epochs: 300,
  hiddenSize: 16,
  start: null,
  ...more,
});
const before = (sources: string) => stage({ dataset: sources, learningRate: 0.001, epochs: 8 });

function kept(system: string, settings: JsonObject, more: Partial<KeptResult> = {}): KeptResult {
  const named = { name: system, dataset: "Small", ...settings };
  return { ...resultOf(system, 0.001, [0, 0]), settings: named, code: "abc", file: "x.json", ...more };
}

const namesOf = (results: KeptResult[]) => nameByStart(results).map(({ experiment }) => experiment.system);

Deno.test("where a system that learns from sources had none, its name says so; that of others does not", () => {
  const results = [
    kept("UniSRec t", { stages: [before("Games+Pantry"), stage()] }),
    kept("UniSRec t", { stages: [stage()] }),
    kept("SASRec", { stages: [stage()] }),
    kept("S3-Rec", { stages: [before("Small"), stage()] }),
    kept("Neighbours", { metric: "NDCG@10" }),
    kept("UniSRec t + Neighbours", {
      parts: [{ name: "UniSRec t", dataset: "Small", stages: [stage()] }, { name: "Neighbours" }],
    }),
    kept("Mine", { stages: [stage()] }),
  ];
  assert.deepEqual(namesOf(results), [
    "UniSRec t",
    "UniSRec t, from scratch",
    "SASRec",
    "S3-Rec",
    "Neighbours",
    "UniSRec t + Neighbours, from scratch",
    "Mine",
  ]);
  assert.deepEqual(nameByStart(results).slice(0, 2).map(({ system }) => system), ["UniSRec t", "UniSRec t"]);
});

Deno.test("where a system had several choices of sources it is named with them, the target left out", () => {
  const results = ["Games", "Games+Pantry+Small"].map((sources) =>
    kept("ZESRec", { stages: [before(sources), stage()] })
  );
  assert.deepEqual(namesOf(results), [
    "ZESRec, pre-trained on Games",
    "ZESRec, pre-trained on Games, Pantry",
  ]);
});

Deno.test("what a search varies makes no other name; what else differs is said of the fewer", () => {
  const rates = [0.001, 0.003, 0.01].map((learningRate, seed) =>
    kept("SASRec", { stages: [stage({ learningRate, seed })] })
  );
  const patient = kept("SASRec", {
    stages: [stage({ learningRate: 0.001, seed: 0, epochs: 40, dropout: 0.2 })],
  });
  assert.deepEqual(namesOf([patient, ...rates]), [
    "SASRec, epochs 40, dropout 0.2",
    "SASRec",
    "SASRec",
    "SASRec",
  ]);
  const slower = kept("ZESRec", { stages: [{ ...before("Games"), learningRate: 0.003 }, stage()] });
  const others = [1, 2].map((seed) => kept("ZESRec", { stages: [before("Games"), stage({ seed })] }));
  assert.deepEqual(namesOf([...others, slower]), [
    "ZESRec",
    "ZESRec",
    "ZESRec, pre-training's learningRate 0.003",
  ]);
});

Deno.test("of the same settings the newest code's result is kept, once, and other data sets are others", () => {
  const settings = { stages: [stage()] };
  const results = [
    kept("SASRec", settings, { ofOtherCode: true, code: "old" }),
    kept("SASRec", settings, { code: "new" }),
    kept("SASRec", settings, { ofOtherCode: true, code: "older" }),
    kept("FDSA", settings, { ofOtherCode: true, code: null }),
  ];
  assert.deepEqual(nameByStart(results).map(({ code }) => code), ["new", null]);
  const elsewhere = kept("UniSRec t", { stages: [stage()] });
  const experiment = { ...elsewhere.experiment, dataset: "Other" };
  assert.deepEqual(
    namesOf([elsewhere, { ...elsewhere, experiment, settings: { ...elsewhere.settings, dataset: "Other" } }]),
    [
      "UniSRec t, from scratch",
      "UniSRec t, from scratch",
    ],
  );
});
