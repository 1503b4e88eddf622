import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { assertResult, randomFloats } from "../../../tests/check_gradients.ts";
import { createBert4Rec } from "./model.ts";
import { createSasRec } from "../sasrec/model.ts";

Deno.test("BERT4Rec has SASRec's encoder, a row for the mask, and an output layer with a bias per item", () => {
  const model = createBert4Rec(1000);
  assert.equal(model.queryAt, "mask");
  assert.equal(model.featureSize, null);
  const { "items.embedding": embedding, ...others } = model.parameters;
  assert.deepEqual(embedding, { shape: [1001, 300], initial: "normal", itemRows: 1000 });
  const { "items.embedding": _, ...encoder } = createSasRec(1000).parameters;
  const output = Object.fromEntries(Object.entries(others).filter(([name]) => !(name in encoder)));
  assert.deepEqual(Object.keys(others).length, Object.keys(encoder).length + Object.keys(output).length);
  assert.deepEqual(output, {
    "items.bias": { shape: [1000], initial: "zeros", itemRows: 1000 },
    "output.kernel": { shape: [300, 300], initial: "normal" },
    "output.bias": { shape: [300], initial: "zeros" },
    "output.norm.gain": { shape: [300], initial: "ones" },
    "output.norm.bias": { shape: [300], initial: "zeros" },
  });
});

Deno.test("a candidate's bias is part of its score, and the mask is no candidate", () => {
  const model = createBert4Rec(3, { hiddenSize: 4 });
  const [table, bias] = [randomFloats([4, 4], 1), randomFloats([3], 2)];
  // the layer norm's bias is all that is left of a sequence when its gain is 0
  const read = [1, -2, 3, 0.5];
  const output = () => ({
    "output.kernel": tf.zeros([4, 4]),
    "output.bias": tf.zeros([4]),
    "output.norm.gain": tf.zeros([4]),
    "output.norm.bias": tf.tensor(read),
  });
  const expected = [0, 1, 2].map((item) =>
    read.reduce((sum, value, i) => sum + value * table.values[4 * item + i], bias.values[item])
  );
  return assertResult({
    variables: { table, bias, sequence: randomFloats([1, 4], 3) },
    compute: ({ table, bias, sequence }) =>
      tf.matMul(
        model.asQueries(sequence, output()),
        model.asCandidates(table, { "items.bias": bias }),
        false,
        true,
      ),
  }, expected);
});

Deno.test("BERT4Rec refuses sizes it cannot have", () => {
  assert.throws(() => createBert4Rec(0), { name: "ParameterError", message: /^items: .* found 0/ });
  assert.throws(() => createBert4Rec(10, { heads: 7 }), { name: "ParameterError", message: /^hiddenSize: / });
  assert.throws(() => createBert4Rec(10, { maxLength: 1 }), {
    name: "ParameterError",
    message: /^maxLength: expected at least 2 for BERT4Rec/,
  });
});
