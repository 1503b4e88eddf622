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

/** Reshapes, a product in batches, a shift of all slots and a state of zeros: what depends on the batch in an encoder. */
const computation: Computation = ({ x, kernel }) => {
  const [batch] = x.shape;
  const state = tf.zeros([batch, 2]);
  const moved = tf.reshape(
    tf.pad(tf.slice(tf.reshape(x, [batch * 2, 3]), [0, 0], [batch * 2 - 1, -1]), [[1, 0], [0, 0]]),
    x.shape,
  );
  const y = tf.reshape(tf.matMul(tf.reshape(x, [batch * 2, 3]), kernel as tf.Tensor2D), [batch, 2, 2]);
  return {
    y: tf.sub(
      tf.sum(tf.matMul(y, y, false, true), 1),
      tf.add(state, tf.sum(moved, [1, 2], true).reshape([batch, 1])),
    ),
  }; // [batch, 2]
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
  const message = /^constant constant\d+: expected a shape that does not depend on the batch/;
  await refused(({ x }) => ({ y: tf.add(x, x.shape[0]) }), message);
  await refused(({ x }) => ({ y: tf.tile(x, [x.shape[0], 1, 1]) }), message);
  // a table of zeros, one row for each: nothing to broadcast it against
  await refused(({ x }) => ({ y: tf.concat([tf.zeros([x.shape[0], 2, 3]), x], 2) }), /one that Concat reads/);
  await assert.rejects(
    portableModel({ computation, inputs, constants: { kernel: { ...kernel, values: new Float32Array(5) } } }),
    { name: "EngineError", message: /^constant kernel: expected float32 numbers of shape \[3,2\]/ },
  );
});
