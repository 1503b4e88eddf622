import { EngineError } from "../errors.ts";
import { type Arrays, type ArraySpec, fits } from "./array_spec.ts";
import { anySize, encodeModel, type Graph, liveNodes, type Node } from "./graph.ts";
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
 * A recorded graph is of one size. What differs between the graphs of two sizes is the batch: only shapes to reshape to,
 * ends of slices and sizes of constants may, each in one place.
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
  if (JSON.stringify(nodes) !== JSON.stringify(others)) {
    throw problem("graph", "the same operators for every size of a batch", "others");
  }
  for (const node of nodes) {
    node.inputs.forEach((name, place) => {
      const [ours, theirs] = [graph, other].map(({ constants }) => constants.get(name));
      if (!ours || !theirs || equal(ours.bytes, theirs.bytes)) return;
      const use = `${node.operator} ${place}`;
      const free = ours.type === "int64" ? freeExtents[use] : undefined;
      if (!free) {
        throw problem(`constant ${name}`, "a shape that does not depend on the batch", `one of ${use}`);
      }
      if (node.operator === "Expand") checkBroadcast(node, nodes);
      const [one, two] = [ours, theirs].map(({ bytes }) =>
        [...new BigInt64Array(bytes.slice().buffer)].map(Number)
      );
      const freed = one.map((extent, axis) =>
        extent === two[axis] ? extent : free(batchPart(extent, two[axis], name))
      );
      // of two places that depend on the batch, software would not know which is larger
      if (freed.filter((extent, axis) => extent !== one[axis]).length > 1) {
        throw problem(`constant ${name}`, "one place that depends on the batch", `[${one}]`);
      }
      const own = `${name}, ${use}`; // other operators may read the same constant
      const bytes = new Uint8Array(BigInt64Array.from(freed, BigInt).buffer);
      graph.constants.set(own, { ...ours, bytes });
      node.inputs[place] = own;
    });
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

/** Returns c where an extent is a · batch + c. */
function batchPart(one: number, two: number, name: string): number {
  const factor = (one - two) / (batchSizes[0] - batchSizes[1]);
  if (Number.isInteger(factor)) return one - factor * batchSizes[0];
  throw problem(`constant ${name}`, "extents that are multiples of the batch", `${one} and ${two}`);
}

/** What an extent a · batch + c becomes, by the operator and the place of the input where it stands. */
const freeExtents: Record<string, (rest: number) => number> = {
  "Reshape 1": () => -1,
  // an end that is counted from the end
  "Slice 2": (rest) => rest < 0 ? rest : 2 ** 31 - 1,
  // what reads it broadcasts it
  "Expand 1": () => 1,
};

/** Operators that broadcast one operand against the other. */
const broadcasting = ["Add", "Sub", "Mul", "Div"];

/** Refuses a constant of the batch's size unless all that read it have an operand with a batch beside it. */
function checkBroadcast({ outputs: [value] }: Node, nodes: readonly Node[]): void {
  const expanded = new Set(
    nodes.filter(({ operator }) => operator === "Expand").flatMap((node) => node.outputs),
  );
  const reader = nodes.find(({ operator, inputs }) =>
    inputs.includes(value) &&
    (!broadcasting.includes(operator) || inputs.every((name) => expanded.has(name)))
  );
  if (!reader) return;
  throw problem(`value ${value}`, "a constant that is broadcast", `one that ${reader.operator} reads`);
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function problem(where: string, expected: string, found: string): EngineError {
  const advice = "Write the model with other operations, or use it inside this library.";
  return new EngineError({ where, expected, found, advice });
}
