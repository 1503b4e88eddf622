import { EngineError } from "../errors.ts";
import { type Arrays, type ArraySpec, fits } from "./array_spec.ts";
import { anySize, encodeModel, type Graph, liveNodes } from "./graph.ts";
import type { Computation } from "./program.ts";
import { recordComputation } from "./record_computation.ts";

/** What becomes a model that other software runs. */
export interface PortableParts {
  computation: Computation;
  /** What the model is given; the first extent of each shape is left out: it is the batch, of any size. */
  inputs: Record<string, ArraySpec>;
  /** Inputs of the computation that are written into the model, and their shapes. */
  constants: Record<string, { values: Arrays[string]; spec: ArraySpec }>;
  /** Free strings, kept in the model. */
  metadata?: Record<string, string>;
}

/** Two batch sizes that nothing else in a graph is a multiple of: primes, which float32 can tell apart. */
const batchSizes = [10_000_019, 15_485_863] as const;

/**
 * Writes a computation as an ONNX model of standard operators (operator set 17), for batches of any size.
 *
 * A recorded graph is of one size. What differs between the graphs of two sizes is the batch: only shapes to reshape to
 * may, and each of them in one place, which becomes −1.
 *
 * @throws {EngineError} if the computation depends on the batch's size in another way, or needs another operator
 */
export async function portableModel(
  { computation, inputs, constants, metadata }: PortableParts,
): Promise<Uint8Array> {
  const specs = (batch: number) => ({
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, type }]) => [name, { shape: [batch, ...shape], type }]),
    ),
    ...Object.fromEntries(Object.entries(constants).map(([name, { spec }]) => [name, spec])),
  });
  // as for a GPU: without the operators that only ONNX Runtime's CPU has
  const [{ graph }, { graph: other }] = [
    await recordComputation(computation, specs(batchSizes[0]), "webgpu"),
    await recordComputation(computation, specs(batchSizes[1]), "webgpu"),
  ];
  freeBatch(graph, other);
  for (const [name, { values, spec: { shape, type } }] of Object.entries(constants)) {
    if (!fits({ shape, type }, values)) {
      throw problem(`constant ${name}`, `${type} numbers of shape [${shape}]`, `${values.length} numbers`);
    }
    graph.inputs.delete(name);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    graph.constants.set(name, { shape, type, bytes });
  }
  const foreign = liveNodes(graph).find(({ domain }) => domain !== "");
  if (foreign) throw problem(`operator ${foreign.operator}`, "ONNX's own operators", foreign.domain);
  return encodeModel(graph, { outputName: (name) => name, metadata });
}

/** Frees a graph of the batch's size, which is known by what another graph of another size has in its place. */
function freeBatch(graph: Graph, other: Graph): void {
  const [nodes, others] = [liveNodes(graph), liveNodes(other)];
  const structure = (list: typeof nodes) => JSON.stringify(list);
  if (structure(nodes) !== structure(others)) {
    throw problem("graph", "the same operators for every number of histories", "others");
  }
  const users = (constant: string) =>
    nodes.flatMap(({ operator, inputs }) =>
      inputs.flatMap((name, place) => name === constant ? [`${operator} ${place}`] : [])
    );
  for (const [name, constant] of graph.constants) {
    const { bytes } = other.constants.get(name)!;
    if (equal(constant.bytes, bytes)) continue;
    const uses = users(name);
    if (uses.some((use) => use !== "Reshape 1")) {
      throw problem(`constant ${name}`, "a shape to reshape to", `one of ${uses.join(", ")}`);
    }
    const [ours, theirs] = [constant.bytes, bytes].map((array) => new BigInt64Array(array.slice().buffer));
    const freed = ours.map((extent, axis) => extent === theirs[axis] ? extent : BigInt(anySize));
    if (freed.filter((extent) => extent === BigInt(anySize)).length !== 1) {
      throw problem(`constant ${name}`, "one place that depends on the batch", `[${ours}]`);
    }
    constant.bytes = new Uint8Array(freed.buffer);
  }
  const freeShape = ({ shape, type }: ArraySpec, { shape: theirs }: ArraySpec): ArraySpec => ({
    shape: shape.map((extent, axis) => extent === theirs[axis] ? extent : anySize),
    type,
  });
  for (const [name, spec] of graph.inputs) graph.inputs.set(name, freeShape(spec, other.inputs.get(name)!));
  for (const [name, { value, spec }] of graph.outputs) {
    graph.outputs.set(name, { value, spec: freeShape(spec, other.outputs.get(name)!.spec) });
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function problem(where: string, expected: string, found: string): EngineError {
  const advice = "Write the model with other operations, or use it inside this library.";
  return new EngineError({ where, expected, found, advice });
}
