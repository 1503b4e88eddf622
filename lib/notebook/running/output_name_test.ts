import assert from "node:assert/strict";
import fc from "fast-check";
import { outputName, placeOf } from "./output_name.ts";

Deno.test("a folder's name says what was set, in one order", () => {
  assert.equal(outputName({ hiddenSize: 64 }), "hiddenSize=64");
  assert.equal(outputName({ hiddenSize: 64, epochs: 5 }), "epochs=5,hiddenSize=64");
  assert.equal(outputName({ epochs: 5, hiddenSize: 64 }), "epochs=5,hiddenSize=64");
  assert.equal(outputName({ sourceNames: ["Games", "Pantry"] }), "sourceNames=Games+Pantry");
});

Deno.test("where things are kept and what computes is no reason for another folder", () => {
  assert.equal(outputName({ runs: "../other", engineName: "onnx-webgpu", model: "a.safetensors" }), null);
  assert.equal(outputName({ runs: null, seed: 2 }), "seed=2");
});

Deno.test("every setting gives a name that can be a folder's, and two settings never one", () => {
  const settings = fc.record({
    seed: fc.integer(),
    dataset: fc.option(fc.oneof(fc.string(), fc.constantFrom("A", "null", "a/A", "A.x", "A+B", "A,seed=1"))),
    learningRates: fc.option(fc.array(fc.oneof(fc.double(), fc.constantFrom(0.1, 0.2)))),
    systemNames: fc.array(fc.oneof(fc.string(), fc.constantFrom("A", "B", "A+B"))),
    pretrainingEpochsOf: fc.dictionary(fc.string(), fc.integer()),
  }, { requiredKeys: [] });
  fc.assert(fc.property(settings, settings, (one, other) => {
    for (const values of [one, other]) {
      const name = outputName(values);
      assert.equal(placeOf("OR", undefined, values), name === null ? "OR" : `OR/${name}`);
    }
    if (!sameEntries(one, other)) assert.notEqual(outputName(one), outputName(other));
  }));
});

function sameEntries(one: object, other: object): boolean {
  const sorted = (values: object) =>
    JSON.stringify(Object.entries(values).sort(([a], [b]) => a < b ? -1 : 1));
  return sorted(one) === sorted(other);
}

Deno.test("what is asked for goes before what suits", () => {
  assert.equal(placeOf("OR", "mine", { seed: 2 }), "OR/mine");
  assert.equal(placeOf("OR", ".", { seed: 2 }), "OR");
  assert.equal(placeOf("OR", undefined, {}), "OR");
});
