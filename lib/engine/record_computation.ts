import "./kernels/mod.ts";
import type { ArraySpec } from "./array_spec.ts";
import type { Graph } from "./graph.ts";
import { createNoiseSource, type NoiseSpec } from "./noise.ts";
import type { Computation } from "./program.ts";
import { input, type Platform, record } from "./recorder.ts";

/** A recorded computation: its graph and what it takes and gives. */
export interface Recording {
  graph: Graph;
  noise: NoiseSpec[];
  outputs: Record<string, ArraySpec>;
}

/** Records a computation for inputs of the given shapes; the noise it asks for becomes further inputs. */
export async function recordComputation(
  computation: Computation,
  inputs: Record<string, ArraySpec>,
  platform: Platform,
): Promise<Recording> {
  const noise: NoiseSpec[] = [];
  const graph = await record(platform, () => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, spec]) => [name, input(name, spec)]),
    );
    return computation(tensors, createNoiseSource((spec) => input(spec.name, spec), noise));
  });
  const outputs = Object.fromEntries([...graph.outputs].map(([name, { spec }]) => [name, spec]));
  return { graph, noise, outputs };
}
