import type { ArraySpec } from "./array_spec.ts";
import { attributeTypes, elementTypes, ModelProto } from "./onnx_schema.ts";

/** The element types a value inside a graph can have. */
export type ElementType = keyof typeof elementTypes;

/** An attribute of an operator; integers are plain numbers, floats are marked as such. */
export type Attribute = number | string | readonly number[] | { float: number };

/** One operator call of the graph. */
export interface Node {
  operator: string;
  /** "" for ONNX's own operators, "com.microsoft" for ONNX Runtime's. */
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
}

interface Constant {
  shape: readonly number[];
  type: ElementType;
  bytes: Uint8Array;
}

/** A computation as a list of operator calls, in the order they were recorded. */
export interface Graph {
  inputs: Map<string, ArraySpec>;
  outputs: Map<string, { value: string; spec: ArraySpec }>;
  nodes: Node[];
  constants: Map<string, Constant>;
  /** Names of small constants by content, so that each is stored once. */
  constantNames: Map<string, string>;
  /** Bytes of what the nodes make, by name. */
  sizes: Map<string, number>;
  valueCount: number;
}

/** Makes a graph without anything in it. */
export function createGraph(): Graph {
  return {
    inputs: new Map(),
    outputs: new Map(),
    nodes: [],
    constants: new Map(),
    constantNames: new Map(),
    sizes: new Map(),
    valueCount: 0,
  };
}

/** Adds an operator call and returns the names of its outputs. */
export function addNode(
  graph: Graph,
  operator: string,
  inputs: string[],
  attributes: Record<string, Attribute> = {},
  { domain = "", outputs = 1 }: { domain?: string; outputs?: number } = {},
): string[] {
  const names = Array.from({ length: outputs }, () => `value${graph.valueCount++}`);
  graph.nodes.push({ operator, domain, inputs, outputs: names, attributes });
  return names;
}

function bytesOf(values: ArrayLike<number>, type: ElementType): Uint8Array {
  const array = type === "int64"
    ? BigInt64Array.from(Array.from(values), BigInt)
    : type === "int32"
    ? Int32Array.from(values)
    : type === "float32"
    ? Float32Array.from(values)
    : Uint8Array.from(values);
  return new Uint8Array(array.buffer);
}

function isUniform(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/** Constants above this many numbers that hold one value only are written as `Expand` of a scalar. */
const largestPlainConstant = 1024;
/** Constants up to this many bytes are looked up before they are stored a second time. */
const largestSharedConstant = 4096;

/** Adds a constant (or finds an equal one) and returns its name. */
export function addConstant(
  graph: Graph,
  values: ArrayLike<number>,
  shape: readonly number[],
  type: ElementType,
): string {
  if (values.length > largestPlainConstant && isUniform(values)) {
    const scalar = addConstant(graph, [values[0]], [], type);
    const [name] = addNode(graph, "Expand", [scalar, addConstant(graph, shape, [shape.length], "int64")]);
    graph.sizes.set(name, values.length * bytesOf([0], type).length);
    return name;
  }
  const bytes = bytesOf(values, type);
  const key = bytes.length <= largestSharedConstant ? `${type}[${shape}]:${bytes.join()}` : null;
  const known = key === null ? undefined : graph.constantNames.get(key);
  if (known !== undefined) return known;
  const name = `constant${graph.constants.size}`;
  graph.constants.set(name, { shape, type, bytes });
  if (key !== null) graph.constantNames.set(key, name);
  return name;
}

/** Returns the nodes that an output depends on, in their order; the others are never run. */
export function liveNodes(graph: Graph): Node[] {
  const needed = new Set([...graph.outputs.values()].map((output) => output.value));
  const live: Node[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    for (const name of node.inputs) needed.add(name);
    live.push(node);
  }
  return live.reverse();
}

function attributeMessage(name: string, value: Attribute) {
  if (typeof value === "number") return { name, i: value, type: attributeTypes.int };
  if (typeof value === "string") {
    return { name, s: new TextEncoder().encode(value), type: attributeTypes.string };
  }
  if ("float" in value) return { name, f: value.float, type: attributeTypes.float };
  return { name, ints: [...value], type: attributeTypes.ints };
}

/** In the shape of an input or output: any size, the same for all of them. */
export const anySize = -1;

function valueMessage(name: string, spec: ArraySpec) {
  const shape = {
    dim: spec.shape.map((size) => size === anySize ? { dimParam: "batch" } : { dimValue: size }),
  };
  return { name, type: { tensorType: { elemType: elementTypes[spec.type], shape } } };
}

/** Returns an output's name in the ONNX model, where inputs and outputs share one set of names. */
export function modelOutputName(name: string): string {
  return `output:${name}`;
}

/**
 * Gives every output its name in the model: where possible the node that makes it writes under that name.
 *
 * An output that is an input or a constant, or is asked for twice, is copied by an Identity node.
 */
function nameOutputs(graph: Graph, nodes: Node[], outputName: (name: string) => string): Node[] {
  const made = new Set(nodes.flatMap((node) => node.outputs));
  const renamed = new Map<string, string>();
  const copies: Node[] = [];
  for (const [name, { value }] of graph.outputs) {
    const output = outputName(name);
    if (made.has(value) && !renamed.has(value)) renamed.set(value, output);
    else {copies.push({
        operator: "Identity",
        domain: "",
        inputs: [value],
        outputs: [output],
        attributes: {},
      });}
  }
  const rename = (value: string) => renamed.get(value) ?? value;
  return [...nodes, ...copies].map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
}

/** How a model is written for others than ONNX Runtime inside this process. */
export interface ModelOptions {
  /** Names an output in the model, where inputs and outputs share one set of names. */
  outputName?: (name: string) => string;
  /** Free strings. */
  metadata?: Record<string, string>;
}

/** Writes a graph as an ONNX model (operator set 17); nodes that no output needs are left out. */
export function encodeModel(
  graph: Graph,
  { outputName = modelOutputName, metadata = {} }: ModelOptions = {},
): Uint8Array {
  const nodes = nameOutputs(graph, liveNodes(graph), outputName);
  const domains = new Set(["", ...nodes.map(({ domain }) => domain)]);
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const constants = [...graph.constants].filter(([name]) => used.has(name));
  return ModelProto.encode({
    irVersion: 8,
    producerName: "unisrec",
    opsetImport: [...domains].map((domain) => ({ domain, version: domain === "" ? 17 : 1 })),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: "recorded",
      node: nodes.map((node) => ({
        input: node.inputs,
        output: node.outputs,
        opType: node.operator,
        domain: node.domain,
        attribute: Object.entries(node.attributes).map(([name, value]) => attributeMessage(name, value)),
      })),
      initializer: constants.map(([name, { shape, type, bytes }]) => ({
        name,
        dims: [...shape],
        dataType: elementTypes[type],
        rawData: bytes,
      })),
      input: [...graph.inputs].map(([name, spec]) => valueMessage(name, spec)),
      output: [...graph.outputs].map(([name, { spec }]) => valueMessage(outputName(name), spec)),
    },
  }).finish();
}
