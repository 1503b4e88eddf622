import assert from "node:assert/strict";
import * as ort from "onnxruntime-node";
import { addConstant, addNode, createGraph, encodeModel } from "./graph.ts";
import { ModelProto } from "./onnx_schema.ts";

Deno.test("attributes of every kind are written, and ONNX Runtime understands the model", async () => {
  const graph = createGraph();
  const spec = { shape: [2, 3], type: "float32" } as const;
  graph.inputs.set("x", spec);
  const [padded] = addNode(graph, "Pad", ["x", addConstant(graph, [0, 1, 0, 0], [4], "int64")], {
    mode: "edge",
  });
  const [turned] = addNode(graph, "Transpose", [padded], { perm: [1, 0] });
  const [leaky] = addNode(graph, "LeakyRelu", [turned], { alpha: { float: 0.5 } });
  const [flat] = addNode(graph, "Flatten", [leaky], { axis: 1 });
  graph.outputs.set("y", { value: flat, spec: { shape: [4, 2], type: "float32" } });
  const model = encodeModel(graph);

  const { graph: decoded } = ModelProto.toObject(ModelProto.decode(model), { longs: Number, bytes: String });
  const attributes = decoded.node.map((node: { attribute: object[] }) => node.attribute[0]);
  assert.deepEqual(attributes, [
    { name: "mode", s: btoa("edge"), type: 3 },
    { name: "perm", ints: [1, 0], type: 7 },
    { name: "alpha", f: 0.5, type: 1 },
    { name: "axis", i: 1, type: 2 },
  ]);

  const session = await ort.InferenceSession.create(model);
  const x = new ort.Tensor("float32", Float32Array.of(1, -2, 3, -4, 5, -6), [2, 3]);
  const { "output:y": y } = await session.run({ x });
  await session.release();
  assert.deepEqual([...y.data as Float32Array], [1, -2, 1, -2, -1, 5, 3, -3]);
});
