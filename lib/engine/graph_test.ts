import assert from "node:assert/strict";
import { addConstant, addNode, createGraph, encodeModel, type Graph, liveNodes } from "./graph.ts";
import { ModelProto } from "./onnx_schema.ts";

const spec = { shape: [2], type: "float32" } as const;

/** A graph with the inputs `x` and `y`, and these outputs. */
function graphWith(build: (graph: Graph) => Record<string, string>): Graph {
  const graph = createGraph();
  graph.inputs.set("x", spec);
  graph.inputs.set("y", spec);
  for (const [name, value] of Object.entries(build(graph))) graph.outputs.set(name, { value, spec });
  return graph;
}

interface DecodedNode {
  opType: string;
  input: string[];
  output: string[];
}

function decode(graph: Graph) {
  const { graph: decoded } = ModelProto.toObject(ModelProto.decode(encodeModel(graph)), {
    arrays: true,
    longs: Number,
    bytes: Array,
  });
  return decoded as {
    node: DecodedNode[];
    initializer: { name: string; dims: number[]; rawData: number[] }[];
    input: { name: string }[];
    output: { name: string }[];
  };
}

Deno.test("nodes that no output needs are left out, and so are their constants", () => {
  const graph = graphWith((graph) => {
    const [sum] = addNode(graph, "Add", ["x", addConstant(graph, [1, 2], [2], "float32")]);
    addNode(graph, "Mul", [sum, addConstant(graph, [3, 4], [2], "float32")]);
    return { sum };
  });
  assert.deepEqual(liveNodes(graph).map((node) => node.operator), ["Add"]);
  const { node, initializer } = decode(graph);
  assert.deepEqual(node.map(({ opType }) => opType), ["Add"]);
  assert.deepEqual(initializer.map(({ rawData }) => new Float32Array(Uint8Array.from(rawData).buffer)), [
    Float32Array.of(1, 2),
  ]);
});

Deno.test("a node stays if any of its outputs is needed, and the order is kept", () => {
  const graph = graphWith((graph) => {
    const [, second] = addNode(graph, "Split", ["x"], {}, { outputs: 2 });
    const [negated] = addNode(graph, "Neg", [second]);
    return { negated };
  });
  assert.deepEqual(liveNodes(graph).map((node) => node.operator), ["Split", "Neg"]);
});

Deno.test("equal small constants are stored once; other shapes, types or numbers are others", () => {
  const graph = createGraph();
  const name = addConstant(graph, [1, 0], [2], "float32");
  assert.equal(addConstant(graph, Float32Array.of(1, 0), [2], "float32"), name);
  const others = [
    addConstant(graph, [1, 0], [1, 2], "float32"),
    addConstant(graph, [1, 0], [2], "int32"),
    addConstant(graph, [1, 1], [2], "float32"),
  ];
  assert.equal(new Set([name, ...others]).size, 4);
});

Deno.test("a large constant of one value is expanded from a scalar, a large one of many is stored", () => {
  const graph = createGraph();
  addConstant(graph, new Float32Array(5000).fill(2), [50, 100], "float32");
  assert.deepEqual(graph.nodes.map((node) => node.operator), ["Expand"]);
  assert.ok([...graph.constants.values()].every(({ bytes }) => bytes.length <= 16));
  addConstant(graph, Float32Array.from({ length: 5000 }, (_, i) => i), [5000], "float32");
  assert.equal(graph.nodes.length, 1);
  assert.equal([...graph.constants.values()].at(-1)!.bytes.length, 20_000);
});

Deno.test("constants are written in their own type", () => {
  const graph = createGraph();
  for (const type of ["float32", "int32", "int64", "bool", "uint8"] as const) {
    addConstant(graph, [1, 0, 1], [3], type);
  }
  assert.deepEqual([...graph.constants.values()].map(({ bytes }) => bytes.length), [12, 12, 24, 3, 3]);
});

Deno.test("the node that makes an output writes it under the output's name", () => {
  const { node, output } = decode(graphWith((graph) => {
    const [sum] = addNode(graph, "Add", ["x", "y"]);
    const [negated] = addNode(graph, "Neg", [sum]);
    return { sum, negated };
  }));
  assert.deepEqual(node.map(({ opType, input, output }) => [opType, input, output]), [
    ["Add", ["x", "y"], ["output:sum"]],
    ["Neg", ["output:sum"], ["output:negated"]],
  ]);
  assert.deepEqual(output.map(({ name }) => name), ["output:sum", "output:negated"]);
});

Deno.test("an output that is an input, a constant or asked for twice is copied", () => {
  const { node } = decode(graphWith((graph) => {
    const [sum] = addNode(graph, "Add", ["x", "y"]);
    return { sum, again: sum, x: "x", fixed: addConstant(graph, [5, 6], [2], "float32") };
  }));
  assert.deepEqual(node.map(({ opType, input, output }) => [opType, input[0], output[0]]), [
    ["Add", "x", "output:sum"],
    ["Identity", "output:sum", "output:again"],
    ["Identity", "x", "output:x"],
    ["Identity", "constant0", "output:fixed"],
  ]);
});
