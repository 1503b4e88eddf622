import { createHash, type Hash } from "node:crypto";
import type { ArraySpec } from "./array_spec.ts";
import { type Graph, liveNodes } from "./graph.ts";
import type { Computation } from "./program.ts";
import { recordComputation } from "./record_computation.ts";

/** Hexadecimal digits of a fingerprint: 64 bits, enough to tell the runs of a lifetime apart. */
const digits = 16;

function digest(hash: Hash): string {
  return hash.digest("hex").slice(0, digits);
}

/** Returns a fingerprint of arrays as they lie in memory. */
export function fingerprint(...arrays: ArrayBufferView[]): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of arrays) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return digest(hash);
}

/** Returns a fingerprint of a text. */
export function fingerprintText(text: string): string {
  return fingerprint(new TextEncoder().encode(text));
}

/**
 * Returns a fingerprint of what a graph computes: of each output, the operators that it comes from, back to the inputs.
 *
 * It does not depend on the order in which operators were recorded, on the names of values between them, or on what no
 * output needs: a mere refactoring of the recorded code keeps it.
 */
export function fingerprintGraph(graph: Graph): string {
  const known = new Map<string, string>();
  const of = (...parts: (string | Uint8Array)[]) => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part).update("\0");
    return hash.digest("hex");
  };
  for (const [name, { shape, type }] of graph.inputs) known.set(name, of("input", name, type, `${shape}`));
  for (const [name, { shape, type, bytes }] of graph.constants) {
    known.set(name, of("constant", type, `${shape}`, bytes));
  }
  for (const { operator, domain, inputs, outputs, attributes } of liveNodes(graph)) {
    const sorted = Object.keys(attributes).sort().map((name) => [name, attributes[name]]);
    const own = of(
      operator,
      domain,
      JSON.stringify(sorted),
      ...inputs.map((name) => known.get(name) ?? name),
    );
    outputs.forEach((name, at) => known.set(name, of(own, String(at))));
  }
  const hash = createHash("sha256");
  for (const name of [...graph.outputs.keys()].sort()) {
    hash.update(`${name}\0${known.get(graph.outputs.get(name)!.value)}\0`);
  }
  return digest(hash);
}

/**
 * Returns a fingerprint of what a computation computes, whichever engine will run it.
 *
 * @param inputs the arrays that it takes
 */
export async function fingerprintComputation(
  computation: Computation,
  inputs: Record<string, ArraySpec>,
): Promise<string> {
  return fingerprintGraph((await recordComputation(computation, inputs, "cpu")).graph);
}
