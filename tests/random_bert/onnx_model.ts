import {
  addConstant,
  addNode,
  type Attribute,
  createGraph,
  encodeModel,
  modelOutputName,
} from "../../lib/engine/graph.ts";
import { elementTypes, ModelProto } from "../../lib/engine/onnx_schema.ts";
import type { BertShape, BertWeights } from "./weights.ts";

const inputs = ["input_ids", "attention_mask", "token_type_ids"];
const output = "last_hidden_state";

/**
 * Writes a BERT encoder as ONNX, with the names and the free batch size and length that exported models have.
 *
 * @param quantised whether kernels have 8 bits and their inputs are quantised as they come, as in `model_quantized.onnx`
 */
export function encodeBert(shape: BertShape, weights: BertWeights, quantised = false): Uint8Array {
  const graph = createGraph();
  const add = (operator: string, operands: string[], attributes?: Record<string, Attribute>) =>
    addNode(graph, operator, operands, attributes)[0];
  const scalar = (value: number) => addConstant(graph, [value], [], "float32");
  const integers = (values: number[]) => addConstant(graph, values, [values.length], "int64");
  const weight = (name: string) => addConstant(graph, weights[name].values, weights[name].shape, "float32");
  const product = (value: string, name: string) => {
    if (!quantised) return add("MatMul", [value, weight(name)]);
    const { values, shape } = weights[name];
    const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    const bytes = Uint8Array.from(values, (value) => 128 + Math.round(value / scale));
    const zero = addConstant(graph, [128], [], "uint8");
    const operands = [value, addConstant(graph, bytes, shape, "uint8"), scalar(scale), zero];
    return addNode(graph, "DynamicQuantizeMatMul", operands, {}, { domain: "com.microsoft" })[0];
  };
  const linear = (value: string, name: string) =>
    add("Add", [product(value, `${name}.kernel`), weight(`${name}.bias`)]);
  const normalise = (value: string, name: string) =>
    add("LayerNormalization", [value, weight(`${name}.scale`), weight(`${name}.bias`)], {
      axis: -1,
      epsilon: { float: 1e-12 },
    });
  const headSize = shape.hidden / shape.heads;
  const splitHeads = (value: string, perm: number[]) =>
    add("Transpose", [add("Reshape", [value, integers([0, 0, shape.heads, headSize])])], { perm });
  const gelu = (value: string) => {
    const error = add("Add", [add("Erf", [add("Div", [value, scalar(Math.SQRT2)])]), scalar(1)]);
    return add("Mul", [add("Mul", [value, error]), scalar(0.5)]);
  };

  const length = add("Gather", [add("Shape", ["input_ids"]), addConstant(graph, [1], [], "int64")]);
  const zero = addConstant(graph, [0], [], "int64"), one = addConstant(graph, [1], [], "int64");
  const positions = add("Gather", [weight("positions"), add("Range", [zero, length, one])]); // [L, H]
  const words = add("Gather", [weight("words"), "input_ids"]); // [B, L, H]
  const types = add("Gather", [weight("types"), "token_type_ids"]);
  let hidden = normalise(add("Add", [add("Add", [words, types]), positions]), "norm");

  const mask = add("Cast", ["attention_mask"], { to: elementTypes.float32 });
  const penalty = add("Unsqueeze", [
    add("Mul", [add("Sub", [scalar(1), mask]), scalar(-10000)]),
    integers([1, 2]),
  ]); // [B, 1, 1, L]
  for (let layer = 0; layer < shape.layers; layer++) {
    const name = `layers.${layer}`;
    const query = splitHeads(linear(hidden, `${name}.query`), [0, 2, 1, 3]); // [B, heads, L, H / heads]
    const key = splitHeads(linear(hidden, `${name}.key`), [0, 2, 3, 1]);
    const value = splitHeads(linear(hidden, `${name}.value`), [0, 2, 1, 3]);
    const scores = add("Div", [add("MatMul", [query, key]), scalar(Math.sqrt(headSize))]);
    const attention = add("Softmax", [add("Add", [scores, penalty])], { axis: -1 }); // [B, heads, L, L]
    const context = add("Transpose", [add("MatMul", [attention, value])], { perm: [0, 2, 1, 3] });
    const attended = linear(add("Reshape", [context, integers([0, 0, shape.hidden])]), `${name}.output`);
    hidden = normalise(add("Add", [attended, hidden]), `${name}.attentionNorm`);
    const expanded = gelu(linear(hidden, `${name}.expand`));
    hidden = normalise(add("Add", [linear(expanded, `${name}.contract`), hidden]), `${name}.outputNorm`);
  }
  graph.outputs.set(output, { value: hidden, spec: { shape: [], type: "float32" } });
  return withFreeAxes(encodeModel(graph), shape.hidden);
}

/** The recorder's graphs have fixed shapes and prefixed outputs; exported models have neither. */
function withFreeAxes(bytes: Uint8Array, width: number): Uint8Array {
  const model = ModelProto.toObject(ModelProto.decode(bytes));
  const value = (name: string, elemType: number, dim: object[]) => ({
    name,
    type: { tensorType: { elemType, shape: { dim } } },
  });
  // a dimension without a value is free
  model.graph.input = inputs.map((name) => value(name, elementTypes.int64, [{}, {}]));
  model.graph.output = [value(output, elementTypes.float32, [{}, {}, { dimValue: width }])];
  for (const node of model.graph.node) {
    node.output = node.output.map((name: string) => name === modelOutputName(output) ? output : name);
    node.input = node.input.map((name: string) => name === modelOutputName(output) ? output : name);
  }
  return ModelProto.encode(model).finish();
}
