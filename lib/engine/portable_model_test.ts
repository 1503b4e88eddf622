import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import * as ort from "onnxruntime-node";
import { ModelProto } from "./onnx_schema.ts";
import { portableModel } from "./portable_model.ts";
import type { Computation } from "./program.ts";

const kernel = {
  values: Float32Array.of(1, 2, 3, 4, 5, 6),
  spec: { shape: [3, 2], type: "float32" },
} as const;
const inputs = { x: { shape: [2, 3], type: "float32" } } as const; // [batch, 2, 3]

/** A product of matrices with two reshapes and a product in batches: what depends on the batch in an encoder. */
const computation: Computation = ({ x, kernel }) => {
  const [batch] = x.shape;
  const y = tf.reshape(tf.matMul(tf.reshape(x, [batch * 2, 3]), kernel as tf.Tensor2D), [batch, 2, 2]);
  return { y: tf.sum(tf.matMul(y, y, false, true), 1) }; // [batch, 2]
};

Deno.test("a portable model runs on batches of any size, with its constants and metadata inside", async () => {
  const model = await portableModel({
    computation,
    inputs,
    constants: { kernel },
    metadata: { items: "[1]" },
  });
  const session = await ort.InferenceSession.create(model);
  assert.deepEqual([session.inputNames, session.outputNames], [["x"], ["y"]]);
  for (const batch of [1, 2, 5]) {
    const values = Float32Array.from({ length: batch * 6 }, (_, at) => at % 5 - 2);
    const { y } = await session.run({ x: new ort.Tensor("float32", values, [batch, 2, 3]) });
    const expected = tf.tidy(() => {
      const tensors = { x: tf.tensor(values, [batch, 2, 3]), kernel: tf.tensor(kernel.values, [3, 2]) };
      return computation(tensors, null as never).y.dataSync();
    });
    assert.deepEqual(y.dims, [batch, 2]);
    assert.deepEqual([...y.data as Float32Array], [...expected]);
  }
  await session.release();
  const { opsetImport, metadataProps, graph } = ModelProto.toObject(ModelProto.decode(model), {
    longs: Number,
  });
  assert.deepEqual(opsetImport, [{ version: 17 }]); // of ONNX's own domain, which has no name
  assert.deepEqual(metadataProps, [{ key: "items", value: "[1]" }]);
  const [{ type: { tensorType: { shape } } }] = graph.input;
  assert.deepEqual(shape.dim, [{ dimParam: "batch" }, { dimValue: 2 }, { dimValue: 3 }]);
});

Deno.test("a computation that depends on the batch's size otherwise, or constants that do not fit, are refused", async () => {
  const refused = (computation: Computation, message: RegExp) =>
    assert.rejects(portableModel({ computation, inputs, constants: { kernel } }), {
      name: "EngineError",
      message,
    });
  await refused(
    ({ x }) => ({ y: tf.add(x, x.shape[0]) }),
    /^constant constant\d+: expected a shape to reshape to/,
  );
  await refused(({ x }) => ({ y: tf.tile(x, [x.shape[0], 1, 1]) }), /expected a shape to reshape to/);
  await assert.rejects(
    portableModel({ computation, inputs, constants: { kernel: { ...kernel, values: new Float32Array(5) } } }),
    { name: "EngineError", message: /^constant kernel: expected float32 numbers of shape \[3,2\]/ },
  );
});
