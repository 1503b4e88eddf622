import { sizeOf } from "./array_spec.ts";
import { type Graph, liveNodes } from "./graph.ts";

/**
 * Returns how many bytes a graph's arrays take at most at one time, if each is freed after its last use.
 *
 * Inputs and constants lie there all the time, outputs from when they are made.
 */
export function peakMemory(graph: Graph): number {
  const nodes = liveNodes(graph);
  const lastUses = new Map<string, number>();
  nodes.forEach(({ inputs }, at) => inputs.forEach((name) => lastUses.set(name, at)));
  for (const { value } of graph.outputs.values()) lastUses.set(value, Infinity);
  const freed = Map.groupBy(lastUses.keys(), (name) => lastUses.get(name)!);
  let bytes = 0;
  for (const { shape } of graph.inputs.values()) bytes += 4 * sizeOf(shape);
  for (const [name, { bytes: own }] of graph.constants) if (lastUses.has(name)) bytes += own.length;
  let peak = bytes;
  nodes.forEach(({ outputs }, at) => {
    for (const name of outputs) bytes += graph.sizes.get(name) ?? 0;
    peak = Math.max(peak, bytes);
    for (const name of outputs) if (!lastUses.has(name)) bytes -= graph.sizes.get(name) ?? 0;
    for (const name of freed.get(at) ?? []) bytes -= graph.sizes.get(name) ?? 0;
  });
  return peak;
}
