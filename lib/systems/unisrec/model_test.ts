import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { assertResult, randomFloats } from "../../../tests/check_gradients.ts";
import { createSasRec } from "../sasrec/model.ts";
import { createUniSRec } from "./model.ts";

Deno.test("both settings have the adaptor and the encoder; the transductive one has item embeddings as well", () => {
  const inductive = createUniSRec(1000);
  const transductive = createUniSRec(1000, { setting: "transductive" });
  assert.deepEqual([inductive.name, transductive.name], ["UniSRec t", "UniSRec t+ID"]);
  assert.deepEqual([inductive.featureSize, inductive.hiddenSize, inductive.maxLength], [768, 300, 50]);
  const { "items.embedding": embedding, ...others } = transductive.parameters;
  assert.deepEqual(embedding, { shape: [1000, 300], initial: "normal", itemRows: 1000 });
  assert.deepEqual(others, inductive.parameters);
  const { "items.embedding": _, ...encoder } = createSasRec(1000).parameters;
  const adaptor = Object.keys(inductive.parameters).filter((name) => !(name in encoder));
  assert.deepEqual(adaptor.sort(), [
    "adaptor.experts.bias",
    "adaptor.experts.kernel",
    "adaptor.gate.kernel",
    "adaptor.noise.kernel",
  ]);
});

Deno.test("the inductive setting's parameters do not depend on the number of items", () => {
  assert.deepEqual(createUniSRec(10).parameters, createUniSRec(20_000).parameters);
});

Deno.test("a score is the cosine of sequence and item, divided by the temperature", () => {
  const model = createUniSRec(3, { hiddenSize: 4, temperature: 0.5 });
  const [sequences, table] = [randomFloats([2, 4], 1), randomFloats([3, 4], 2)];
  const cosines = [0, 1].flatMap((row) =>
    [0, 1, 2].map((item) => {
      const [a, b] = [
        sequences.values.subarray(4 * row, 4 * row + 4),
        table.values.subarray(4 * item, 4 * item + 4),
      ];
      const product = (x: ArrayLike<number>, y: ArrayLike<number>) =>
        [0, 1, 2, 3].reduce((sum, i) => sum + x[i] * y[i], 0);
      return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
    })
  );
  return assertResult({
    variables: { sequences, table },
    compute: ({ sequences, table }) =>
      tf.matMul(model.asQueries(sequences, {}), model.asCandidates(table, {}), false, true),
  }, cosines.map((cosine) => cosine / 0.5));
});

Deno.test("UniSRec refuses settings it cannot have", () => {
  const refused: [object, RegExp][] = [
    [{ setting: "both" }, /^setting: expected "inductive" or "transductive", but found "both"/],
    [{ temperature: 0 }, /^temperature: expected a positive number, but found 0/],
    [{ temperature: Infinity }, /^temperature: expected a positive number, but found Infinity/],
    [{ temperature: NaN }, /^temperature: .* found NaN/],
    [{ experts: 0 }, /^experts: /],
    [{ heads: 7 }, /^hiddenSize: /],
  ];
  for (const [config, message] of refused) {
    assert.throws(() => createUniSRec(10, config), { name: "ParameterError", message });
  }
});
