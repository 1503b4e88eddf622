import assert from "node:assert/strict";
import { initialiseParameters } from "../../nn/parameters.ts";
import { createGenerator } from "../../random.ts";
import {
  type FloatTensor,
  type FloatTensors,
  fromReferenceNames,
  toReferenceNames,
} from "./reference_names.ts";
import { createSasRec } from "../../systems/sasrec/model.ts";
import { createUniSRec } from "../../systems/unisrec/model.ts";

const where = "model.pth";

function matrix(rows: number[][]): FloatTensor {
  return { shape: [rows.length, rows[0].length], values: Float32Array.from(rows.flat()) };
}

function vector(...values: number[]): FloatTensor {
  return { shape: [values.length], values: Float32Array.from(values) };
}

/** A model's starting parameters, with random numbers also where a model starts with zeros or ones. */
function randomParameters({ parameters }: ReturnType<typeof createUniSRec>): FloatTensors {
  const specs = Object.entries(parameters).map(([name, { shape }]) => [
    name,
    { shape, initial: "normal" as const },
  ]);
  const arrays = initialiseParameters(Object.fromEntries(specs), createGenerator(3));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [
      name,
      { shape: [...shape], values: Float32Array.from(arrays[name]) },
    ]),
  );
}

Deno.test("a linear weight [out, in] becomes a kernel [in, out]; biases, norms and embeddings stay", () => {
  const ours = fromReferenceNames({
    "trm_encoder.layer.1.feed_forward.dense_1.weight": matrix([[1, 2], [3, 4], [5, 6]]),
    "trm_encoder.layer.1.feed_forward.dense_1.bias": vector(7, 8, 9),
    "trm_encoder.layer.0.multi_head_attention.LayerNorm.weight": vector(1, 2),
    "LayerNorm.bias": vector(3, 4),
    "position_embedding.weight": matrix([[1, 2], [3, 4], [5, 6]]),
    "moe_adaptor.w_gate": matrix([[1, 2], [3, 4]]),
  }, where);
  assert.deepEqual(ours, {
    "encoder.layers.1.feedForward.inner.kernel": matrix([[1, 3, 5], [2, 4, 6]]),
    "encoder.layers.1.feedForward.inner.bias": vector(7, 8, 9),
    "encoder.layers.0.attention.norm.gain": vector(1, 2),
    "input.norm.bias": vector(3, 4),
    "positions.embedding": matrix([[1, 2], [3, 4], [5, 6]]),
    "adaptor.gate.kernel": matrix([[1, 2], [3, 4]]),
  });
});

Deno.test("separate experts [hidden, features] stand side by side as [features, experts · hidden]", () => {
  const ours = fromReferenceNames({
    // a state dictionary's order does not matter
    "moe_adaptor.experts.1.lin.weight": matrix([[10, 20, 30], [40, 50, 60]]),
    "moe_adaptor.experts.1.bias": vector(4, 5, 6),
    "moe_adaptor.experts.0.bias": vector(1, 2, 3),
    "moe_adaptor.experts.0.lin.weight": matrix([[1, 2, 3], [4, 5, 6]]),
  }, where);
  assert.deepEqual(ours, {
    "adaptor.experts.kernel": matrix([[1, 4, 10, 40], [2, 5, 20, 50], [3, 6, 30, 60]]),
    "adaptor.experts.bias": matrix([[1, 2, 3], [4, 5, 6]]),
  });
});

for (
  const model of [
    createSasRec(7, { hiddenSize: 4, maxLength: 5 }),
    createUniSRec(7, { hiddenSize: 4, featureSize: 6, experts: 3, setting: "transductive" }),
  ]
) {
  Deno.test(`${model.name}: every parameter has a name in the authors' code, and comes back unchanged`, () => {
    const ours = randomParameters(model);
    const theirs = toReferenceNames(ours, where);
    assert.ok(!Object.keys(theirs).some((name) => name in ours));
    assert.deepEqual(fromReferenceNames(theirs, where), ours);
  });
}

Deno.test("unknown names are refused, all of them by name", () => {
  const tensors = {
    "gru.weight_ih_l0": vector(1),
    "LayerNorm.weight": vector(1),
    "trm_encoder.layer.0.constructor.weight": vector(1),
  };
  assert.throws(() => fromReferenceNames(tensors, where), {
    name: "CheckpointError",
    message: /^model\.pth: .* found gru\.weight_ih_l0, trm_encoder\.layer\.0\.constructor\.weight\./,
  });
  for (
    const name of ["encoder.layers.0.attention.query.gain", "encoder.layers.0.attention.norm.kernel", "x"]
  ) {
    assert.throws(() => toReferenceNames({ [name]: vector(1) }, where), {
      name: "CheckpointError",
      message: new RegExp(`found ${name.replaceAll(".", "\\.")}\\.`),
    });
  }
});

Deno.test("experts that are not alike, or not numbered from 0, are refused", () => {
  const bias = (index: number, ...values: number[]) => ({
    [`moe_adaptor.experts.${index}.bias`]: vector(...values),
  });
  assert.throws(() => fromReferenceNames({ ...bias(0, 1, 2), ...bias(2, 1, 2) }, where), {
    name: "CheckpointError",
    message: /^model\.pth, biases of experts: .* found no number 1\./,
  });
  assert.throws(() => fromReferenceNames({ ...bias(0, 1, 2), ...bias(1, 1) }, where), {
    name: "CheckpointError",
    message: /found shape \[1\] as number 1\./,
  });
});

Deno.test("a linear weight that is no matrix is refused", () => {
  assert.throws(
    () => fromReferenceNames({ "trm_encoder.layer.0.feed_forward.dense_2.weight": vector(1, 2) }, where),
    { name: "CheckpointError", message: /feed_forward\.dense_2\.weight: expected a matrix.* \[2\]/ },
  );
});
