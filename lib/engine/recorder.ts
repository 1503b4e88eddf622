import * as tf from "@tensorflow/tfjs";
import { EngineError } from "../errors.ts";
import { type ArraySpec, sizeOf } from "./array_spec.ts";
import { addConstant, addNode, type Attribute, createGraph, type ElementType, type Graph } from "./graph.ts";
import { withBackend } from "./with_backend.ts";

/** The name under which the recording back-end is known to tfjs. */
export const recorderName = "onnx-recorder";

/** Where a recorded graph will run: some operators are written differently for the GPU. */
export type Platform = "cpu" | "webgpu";

/** What tfjs hands to a kernel: a tensor without its methods. */
export type Value = tf.TensorInfo;

type Recording = { graph: Graph; platform: Platform; names: WeakMap<object, string> };

let current: Recording | null = null;

function recording(): Recording {
  if (current) return current;
  throw new EngineError({
    where: `tfjs back-end "${recorderName}"`,
    expected: "to be used inside record()",
    found: "a call outside of it",
    advice: "Select another back-end with tf.setBackend before computing with tensors.",
  });
}

/** The values of tensors that were made from numbers while recording. */
const literals = new WeakMap<object, { values: ArrayLike<number>; shape: number[]; dtype: string }>();

function elementType(dtype: string): ElementType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new EngineError({
    where: "recorded tensor",
    expected: "dtype float32, int32 or bool",
    found: dtype,
    advice: "Cast it before use.",
  });
}

/** A tfjs back-end that computes nothing: it gives every tensor a name and remembers literal values. */
class RecorderBackend extends tf.KernelBackend {
  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype);
    return dataId;
  }
  override move(dataId: object, values: tf.BackendValues, shape: number[], dtype: tf.DataType) {
    literals.set(dataId, { values: values as ArrayLike<number>, shape, dtype });
  }
  override readSync(dataId: object): tf.BackendValues {
    const literal = literals.get(dataId);
    if (literal) return literal.values as tf.BackendValues;
    throw new EngineError({
      where: "recorded computation",
      expected: "operations on tensors only",
      found: "a tensor whose value is read (dataSync, arraySync …)",
      advice: "A recorded graph has no values yet: return the tensor as an output and read it there.",
    });
  }
  override read(dataId: object): Promise<tf.BackendValues> {
    return Promise.resolve(this.readSync(dataId));
  }
  // tfjs counts references to free memory; names need none
  override disposeData = () => true;
  override incRef() {}
  decRef() {}
  override refCount = () => 1;
  override numDataIds = () => 0;
  override timerAvailable = () => false;
  override floatPrecision = () => 32 as const;
  override epsilon = () => 1e-7;
  override memory = () => ({ unreliable: true, reasons: [] });
  override dispose() {}
}

const backend = new RecorderBackend();
tf.registerBackend(recorderName, () => backend, 0);

/** Returns the name that a tensor has in the graph being recorded; literals become constants at their first use. */
export function nameOf(value: Value): string {
  const { graph, names } = recording();
  const known = names.get(value.dataId);
  if (known !== undefined) return known;
  const literal = literals.get(value.dataId);
  if (!literal) {
    throw new EngineError({
      where: "recorded computation",
      expected: "tensors made inside the recorded function",
      found: `a tensor of shape [${value.shape}] from outside`,
      advice: "Pass it as an input.",
    });
  }
  const name = addConstant(graph, literal.values, literal.shape, elementType(literal.dtype));
  names.set(value.dataId, name);
  return name;
}

/** Gives a named value of the graph to tfjs as a tensor. */
export function valueNamed(name: string, shape: readonly number[], dtype: tf.DataType): Value {
  const dataId = {};
  recording().names.set(dataId, name);
  return { dataId, shape: [...shape], dtype };
}

/** Records an operator call with one output. Inputs are tensors, or names that `constant` gave. */
export function emit(
  operator: string,
  inputs: (Value | string)[],
  shape: readonly number[],
  dtype: tf.DataType,
  attributes: Record<string, Attribute> = {},
  domain = "",
): Value {
  return emitAll(operator, inputs, [shape], dtype, attributes, domain)[0];
}

/** Records an operator call with several outputs of one type. */
export function emitAll(
  operator: string,
  inputs: (Value | string)[],
  shapes: (readonly number[])[],
  dtype: tf.DataType,
  attributes: Record<string, Attribute> = {},
  domain = "",
): Value[] {
  const inputNames = inputs.map((input) => typeof input === "string" ? input : nameOf(input));
  const { graph } = recording();
  const names = addNode(graph, operator, inputNames, attributes, { domain, outputs: shapes.length });
  names.forEach((name, i) => graph.sizes.set(name, sizeOf(shapes[i]) * (dtype === "bool" ? 1 : 4)));
  return names.map((name, i) => valueNamed(name, shapes[i], dtype));
}

/** Adds constant numbers to the graph being recorded and returns their name. */
export function constant(values: ArrayLike<number>, shape: readonly number[], type: ElementType): string {
  return addConstant(recording().graph, values, shape, type);
}

/** Adds a shape, a list of axes or the like. */
export function integers(values: readonly number[]): string {
  return constant(values, [values.length], "int64");
}

/** Adds a single number without axes. */
export function scalar(value: number, type: ElementType = "float32"): string {
  return constant([value], [], type);
}

/** Tells whether tfjs calls are being recorded now, and for which platform. */
export function recordingFor(): Platform | null {
  return current?.platform ?? null;
}

/** Turns a value that `emit` returned into a tensor, for use with tfjs operations. */
export function asTensor(value: Value): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(value, backend);
}

/** Adds an input to the graph being recorded. Bytes appear as int32 in tfjs, which has no smaller integers. */
export function input(name: string, spec: ArraySpec): tf.Tensor {
  const { graph } = recording();
  if (graph.inputs.has(name)) {
    throw new EngineError({
      where: `input ${name}`,
      expected: "one input of that name",
      found: "two",
      advice: "Rename one.",
    });
  }
  graph.inputs.set(name, spec);
  return asTensor(valueNamed(name, spec.shape, spec.type === "uint8" ? "int32" : spec.type));
}

/**
 * Runs a function of tensors once, without computing anything, and returns the graph of what it did.
 *
 * Every tfjs kernel that the function calls, its gradients included, becomes a node of the graph.
 *
 * @param platform where the graph will run
 * @param compute makes its inputs with `input` and returns the outputs by name; it must not be asynchronous
 * @throws {EngineError} if the function uses a tfjs kernel that cannot be recorded, or reads a tensor's value
 */
export async function record(platform: Platform, compute: () => Record<string, tf.Tensor>): Promise<Graph> {
  const graph = createGraph();
  try {
    return await withBackend(recorderName, () => {
      current = { graph, platform, names: new WeakMap() };
      try {
        tf.tidy(() => addOutputs(graph, compute()));
      } finally {
        current = null;
      }
      return graph;
    });
  } catch (cause) {
    const kernel = cause instanceof Error && /Kernel '(\w+)' not registered/.exec(cause.message)?.[1];
    if (!kernel) throw cause;
    throw new EngineError({
      where: "recorded computation",
      expected: "tfjs operations that have an ONNX form in lib/engine/kernels",
      found: `kernel ${kernel}`,
      advice: "Write the computation with other operations, or add the kernel there.",
    }, { cause });
  }
}

function addOutputs(graph: Graph, outputs: Record<string, tf.Tensor>) {
  for (const [name, tensor] of Object.entries(outputs)) {
    if (tensor.dtype !== "float32" && tensor.dtype !== "int32") {
      throw new EngineError({
        where: `output ${name}`,
        expected: "dtype float32 or int32",
        found: tensor.dtype,
        advice: "Cast it.",
      });
    }
    graph.outputs.set(name, { value: nameOf(tensor), spec: { shape: tensor.shape, type: tensor.dtype } });
  }
}
